public import AssignmentStore
import BookingDomain
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
        INSERT INTO instances (id, host, flags, started_at, heartbeat_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          host = excluded.host, flags = excluded.flags, started_at = excluded.started_at,
          heartbeat_at = excluded.heartbeat_at
        """,
        [
          .text(instance.id), .text(instance.host), .text(try JSONText.encode(instance.flags)),
          .time(instance.startedAt), .time(write.now),
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
        "SELECT id, host, flags, started_at FROM instances WHERE heartbeat_at > ? ORDER BY id", [.time(oldest)]
      ) { row in
        InstanceRecord(id: row.text(0), host: row.text(1), flags: try row.json(2), startedAt: row.time(3))
      }
    }
  }
}

private enum InstanceSQL {
  static func flags(of id: String, _ session: Session) throws -> FlagSettings? {
    try session.first("SELECT flags FROM instances WHERE id = ?", [.text(id)]) { row in try row.json(0) }
  }
}
