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
    try await changeFlags(
      when: "$2::jsonb IS DISTINCT FROM coalesce((SELECT flags FROM instances WHERE id = $1), $3::jsonb)",
      [.text(instance.id), .text(flags), .text(none)],
      PostgresStatement(
        """
        INSERT INTO instances (\(InstanceSQL.columns), heartbeat_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())
        ON CONFLICT (id) DO UPDATE SET
          host = excluded.host, role = excluded.role, version = excluded.version, flags = excluded.flags,
          started_at = excluded.started_at, flags_epoch = excluded.flags_epoch, heartbeat_at = excluded.heartbeat_at
        """,
        [
          .text(instance.id), .text(instance.host), .raw(instance.role), .text(instance.version), .text(flags),
          .time(instance.startedAt), .bool(instance.isDraining), .int(instance.flagsEpoch),
        ]))
  }

  public func removeInstance(_ id: String) async throws(StoreError) {
    guard let none = try? JSONText.encode(FlagSettings()) else { return }
    try await changeFlags(
      when: "EXISTS (SELECT 1 FROM instances WHERE id = $1 AND flags <> $2::jsonb)", [.text(id), .text(none)],
      PostgresStatement("DELETE FROM instances WHERE id = $1", [.text(id)]))
  }

  public func liveInstances(within age: Duration) async throws(StoreError) -> [InstanceRecord] {
    let live = try await all(
      """
      SELECT \(InstanceSQL.columns) FROM instances
      WHERE heartbeat_at > now() - $1 * interval '1 microsecond' ORDER BY id
      """, [.duration(age)], InstanceSQL.record)
    lanes.share(among: live.count)
    return live
  }

  public func instances() async throws(StoreError) -> [SeenInstance] {
    try await all(
      """
      SELECT \(InstanceSQL.columns), (extract(epoch FROM now() - heartbeat_at) * 1000000)::bigint FROM instances
      ORDER BY started_at, id
      """
    ) { row throws(StoreError) in
      SeenInstance(record: try InstanceSQL.record(row), silence: .microseconds(row.int64(8)))
    }
  }

  public func drainInstance(_ id: String, _ drains: Bool) async throws(StoreError) -> Bool {
    try await write("flags", "UPDATE instances SET draining = $2 WHERE id = $1", [.text(id), .bool(drains)])
      .affectedRows == 1
  }

  /// Raises the epoch when a condition holds, and then waits for units that rely on the flags, which still are the old
  /// ones for them. A mere heartbeat waits for nobody.
  private func changeFlags(
    when condition: String, _ values: [PostgresValue], _ change: PostgresStatement
  ) async throws(StoreError) {
    do throws(PostgresError) {
      _ = try await write(
        "flags",
        [
          PostgresStatement("\(InstanceSQL.lockFlags) WHERE \(condition)", values),
          PostgresStatement("\(InstanceSQL.raiseEpoch) AND \(condition)", values), change,
        ])
    } catch {
      throw StoreError(error)
    }
  }
}

private enum InstanceSQL {
  static let lockFlags = "SELECT pg_advisory_xact_lock(hashtextextended('\(TransactionLock.flags)', 0))"
  static let columns = "id, host, role, version, flags, started_at, draining, flags_epoch"

  static func record(_ row: PostgresRow) throws(StoreError) -> InstanceRecord {
    InstanceRecord(
      id: row.text(0), host: row.text(1), role: try row.raw(2), version: row.text(3), flags: try row.json(4),
      startedAt: row.time(5), isDraining: row.bool(6), flagsEpoch: row.int64(7))
  }

  static let raiseEpoch = "UPDATE counters SET value = value + 1 WHERE name = 'flags_epoch'"
}
