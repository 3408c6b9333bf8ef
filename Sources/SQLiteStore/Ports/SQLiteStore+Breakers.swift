public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: BreakerStore {
  public func breakerOverrides() async throws(StoreError) -> [BreakerOverride] {
    try await read { session in
      try session.all("SELECT name, position, reason, actor, created_at FROM breaker_overrides ORDER BY name") { row in
        BreakerOverride(
          name: row.text(0), position: try row.raw(1), reason: row.text(2), actor: row.text(3), at: row.time(4))
      }
    }
  }

  public func forceBreaker(
    _ override: BreakerOverride, event: ObservabilityEvent
  ) async throws(StoreError) {
    try await write { write in
      try write.session.run(
        """
        INSERT INTO breaker_overrides (name, position, reason, actor, created_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET
          position = excluded.position, reason = excluded.reason, actor = excluded.actor,
          created_at = excluded.created_at
        """,
        [
          .text(override.name), .raw(override.position), .text(override.reason), .text(override.actor),
          .time(override.at),
        ])
      try EventWriter(session: write.session).append([event])
    }
  }

  public func releaseBreaker(_ name: String, event: ObservabilityEvent) async throws(StoreError) -> Bool {
    try await write { write in
      let released = try write.session.run("DELETE FROM breaker_overrides WHERE name = ?", [.text(name)]) == 1
      if released { try EventWriter(session: write.session).append([event]) }
      return released
    }
  }

  public func noteOpenBreakers(_ openings: [BreakerOpening], at now: Timestamp) async throws(StoreError) {
    if openings.isEmpty { return }
    try await write { write in
      for opening in openings {
        try write.session.run(
          """
          INSERT INTO breaker_openings (instance, name, opened_at, seen_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (instance, name, opened_at) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)
          """, [.text(opening.instance), .text(opening.name), .time(opening.openedAt), .time(now)])
      }
    }
  }
}
