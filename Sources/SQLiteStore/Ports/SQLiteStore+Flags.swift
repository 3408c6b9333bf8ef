public import AssignmentStore
public import BookingDomain
import GRDB
import StoreFoundation

extension SQLiteStore: FlagStore {
  public func flagsEpoch() async throws(StoreError) -> Int64 {
    try await read { session in try Counters(session: session).flagsEpoch() }
  }

  /// An instance that comes with settings, or changes them, changes the flags: the epoch rises.
  public func publishInstance(_ instance: InstanceRecord) async throws(StoreError) {
    try await write { write in
      let session = write.session
      let before = try InstanceSQL.flags(of: instance.id, session)
      if before ?? FlagSettings() != instance.flags { try Counters(session: session).raiseFlagsEpoch() }
      _ = try session.run(
        """
        INSERT INTO instances (\(InstanceSQL.columns), heartbeat_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          host = excluded.host, role = excluded.role, version = excluded.version, flags = excluded.flags,
          started_at = excluded.started_at, flags_epoch = excluded.flags_epoch, heartbeat_at = excluded.heartbeat_at
        """,
        [
          .text(instance.id), .text(instance.host), .raw(instance.role), .text(instance.version),
          .text(try JSONText.encode(instance.flags)), .time(instance.startedAt), .bool(instance.isDraining),
          .int(instance.flagsEpoch), .time(write.now),
        ])
    }
  }

  public func removeInstance(_ id: String) async throws(StoreError) {
    try await write { write in
      let flags = try InstanceSQL.flags(of: id, write.session)
      if let flags, flags != FlagSettings() { try Counters(session: write.session).raiseFlagsEpoch() }
      _ = try write.session.run("DELETE FROM instances WHERE id = ?", [.text(id)])
    }
  }

  public func liveInstances(within age: Duration) async throws(StoreError) -> [InstanceRecord] {
    let oldest = clock.now().adding(.zero - age)
    return try await read { session in
      try session.all(
        "SELECT \(InstanceSQL.columns) FROM instances WHERE heartbeat_at > ? ORDER BY id", [.time(oldest)],
        InstanceSQL.record)
    }
  }

  public func instances() async throws(StoreError) -> [SeenInstance] {
    let now = clock.now()
    return try await read { session in
      try session.all("SELECT \(InstanceSQL.columns), heartbeat_at FROM instances ORDER BY started_at, id") { row in
        SeenInstance(record: try InstanceSQL.record(row), silence: now.since(row.time(8)))
      }
    }
  }

  public func drainInstance(_ id: String, _ drains: Bool) async throws(StoreError) -> Bool {
    try await write { write in
      try write.session.run("UPDATE instances SET draining = ? WHERE id = ?", [.bool(drains), .text(id)]) == 1
    }
  }

  public func flagOverrides() async throws(StoreError) -> [FlagOverride] {
    try await read { session in
      try session.all(
        "SELECT name, restaurant_id, value, reason, actor, created_at FROM flags ORDER BY name, restaurant_id"
      ) { row in
        FlagOverride.key(name: row.text(0), restaurant: row.text(1)).map {
          FlagOverride(key: $0, value: row.text(2), reason: row.text(3), actor: row.text(4), at: row.time(5))
        }
      }.compactMap(\.self)
    }
  }

  public func setFlags(_ overrides: [FlagOverride], events: [ObservabilityEvent]) async throws(StoreError) {
    try await write { write in try FlagOverrides(write).set(overrides, events: events) }
  }

  public func clearFlag(_ key: FlagKey, event: ObservabilityEvent) async throws(StoreError) -> Bool {
    try await write { write in try FlagOverrides(write).clear(key, event: event) }
  }
}

private enum InstanceSQL {
  static let columns = "id, host, role, version, flags, started_at, draining, flags_epoch"

  static func record(_ row: Row) throws -> InstanceRecord {
    InstanceRecord(
      id: row.text(0), host: row.text(1), role: try row.raw(2), version: row.text(3), flags: try row.json(4),
      startedAt: row.time(5), isDraining: row.bool(6), flagsEpoch: row.int64(7))
  }

  static func flags(of id: String, _ session: Session) throws -> FlagSettings? {
    try session.first("SELECT flags FROM instances WHERE id = ?", [.text(id)]) { row in try row.json(0) }
  }
}
