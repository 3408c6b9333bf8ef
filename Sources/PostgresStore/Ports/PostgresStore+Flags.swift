public import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

extension PostgresStore: FlagStore {
  public func flagsEpoch() async throws(StoreError) -> Int64 {
    try await first("SELECT value FROM counters WHERE name = 'flags_epoch'") { $0.int64(0) } ?? 0
  }

  /// An instance that comes with settings, or changes them, changes the flags: the epoch rises.
  public func publishInstance(_ instance: InstanceRecord) async throws(StoreError) {
    guard let flags = try? JSONText.encode(instance.flags), let none = try? JSONText.encode(FlagSettings()) else {
      throw .invalid("the flags of an instance cannot be written")
    }
    try await changeFlags([
      PostgresStatement(
        """
        \(InstanceSQL.raiseEpoch) AND $2::jsonb IS DISTINCT FROM
          coalesce((SELECT flags FROM instances WHERE id = $1), $3::jsonb)
        """, [.text(instance.id), .text(flags), .text(none)]),
      PostgresStatement(
        """
        INSERT INTO instances (id, host, flags, started_at, heartbeat_at) VALUES ($1, $2, $3, $4, now())
        ON CONFLICT (id) DO UPDATE SET
          host = excluded.host, flags = excluded.flags, started_at = excluded.started_at,
          heartbeat_at = excluded.heartbeat_at
        """,
        [.text(instance.id), .text(instance.host), .text(flags), .time(instance.startedAt)]),
    ])
  }

  public func removeInstance(_ id: String) async throws(StoreError) {
    guard let none = try? JSONText.encode(FlagSettings()) else { return }
    try await changeFlags([
      PostgresStatement(
        "\(InstanceSQL.raiseEpoch) AND EXISTS (SELECT 1 FROM instances WHERE id = $1 AND flags <> $2::jsonb)",
        [.text(id), .text(none)]),
      PostgresStatement("DELETE FROM instances WHERE id = $1", [.text(id)]),
    ])
  }

  public func liveInstances(within age: Duration) async throws(StoreError) -> [InstanceRecord] {
    try await all(
      """
      SELECT id, host, flags, started_at FROM instances
      WHERE heartbeat_at > now() - $1 * interval '1 microsecond' ORDER BY id
      """, [.duration(age)]
    ) { row throws(StoreError) in
      InstanceRecord(id: row.text(0), host: row.text(1), flags: try row.json(2), startedAt: row.time(3))
    }
  }

  /// Waits for units that rely on the flags, which then are still the old ones.
  private func changeFlags(_ statements: [PostgresStatement]) async throws(StoreError) {
    do throws(PostgresError) {
      _ = try await write(
        "flags",
        [PostgresStatement(TransactionLock.exclusive, [.text(TransactionLock.flags)])] + statements)
    } catch {
      throw StoreError(error)
    }
  }
}

private enum InstanceSQL {
  static let raiseEpoch = "UPDATE counters SET value = value + 1 WHERE name = 'flags_epoch'"
}
