public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: MaintenanceStore {
  public func reapDeadHolds(limit: Int) async throws(StoreError) -> Int {
    try await write { write in
      let values: [DatabaseValue] = [.time(write.now), .int(limit)]
      let claims = try write.session.run(
        """
        DELETE FROM table_claims WHERE id IN (
          SELECT id FROM table_claims INDEXED BY claims_by_expiry
          WHERE kind = 'hold' AND expires_at <= ? ORDER BY expires_at LIMIT ?)
        """, values)
      try write.session.run(
        "DELETE FROM holds WHERE id IN (SELECT id FROM holds WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
        values)
      return claims
    }
  }

  public func prune(_ kind: PrunedKind, before: Timestamp, limit: Int) async throws(StoreError) -> Int {
    try await write { write in
      try write.session.run(PruneSQL.delete(kind), [.time(before), .int(limit)])
    }
  }

  public func prunable(_ kind: PrunedKind, before: Timestamp) async throws(StoreError) -> Int {
    try await read { session in try session.count(PruneSQL.count(kind), [.time(before)]) }
  }

  public func pruneEnded(limit: Int) async throws(StoreError) -> Int {
    try await write { write in
      try write.session.run(PruneSQL.leases, [.time(write.now), .int(limit)])
        + write.session.run(
          "DELETE FROM instances WHERE heartbeat_at < ?", [.time(write.now.adding(.seconds(-86_400)))])
        + write.session.run(
          "DELETE FROM breaker_openings WHERE seen_at < ?",
          [.time(write.now.adding(.zero - Retention.breakerOpenings))])
    }
  }
}

/// Deletions take a time and a limit, counts a time. The newest event and the newest message stay, so that ids never
/// start again.
enum PruneSQL {
  static func delete(_ kind: PrunedKind) -> String {
    switch kind {
    case .events:
      """
      DELETE FROM observability_events WHERE id IN (
        SELECT id FROM observability_events INDEXED BY events_by_time
        WHERE created_at < ?1 AND id < (SELECT max(id) FROM observability_events) ORDER BY created_at LIMIT ?2)
      """
    // The oldest rows come first by id.
    case .outbox:
      """
      DELETE FROM outbox WHERE id IN (
        SELECT id FROM (SELECT id, created_at FROM outbox ORDER BY id LIMIT ?2)
        WHERE created_at < ?1 AND id < (SELECT max(id) FROM outbox))
      """
    case .idempotency:
      """
      DELETE FROM idempotency_keys WHERE rowid IN (
        SELECT rowid FROM idempotency_keys WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)
      """
    case .shadow:
      """
      DELETE FROM shadow_comparisons WHERE booking_id IN (
        SELECT booking_id FROM shadow_comparisons WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)
      """
    case .dayPlans: "DELETE FROM day_plans WHERE id IN (SELECT id FROM \(oldPlans) ORDER BY service_date LIMIT ?2)"
    }
  }

  static func count(_ kind: PrunedKind) -> String {
    switch kind {
    case .events:
      """
      SELECT count(*) FROM observability_events
      WHERE created_at < ? AND id < (SELECT max(id) FROM observability_events)
      """
    case .outbox: "SELECT count(*) FROM outbox WHERE created_at < ? AND id < (SELECT max(id) FROM outbox)"
    case .idempotency: "SELECT count(*) FROM idempotency_keys WHERE created_at < ?"
    case .shadow: "SELECT count(*) FROM shadow_comparisons WHERE created_at < ?"
    case .dayPlans: "SELECT count(*) FROM \(oldPlans)"
    }
  }

  /// Those of days to come are counted still, however long ago they were made.
  private static let oldPlans =
    "day_plans WHERE created_at < ?1 AND service_date < date(?1 / 1000000, 'unixepoch')"

  /// Ended leases and dead permits; there are few rows besides the live ones.
  static let leases =
    "DELETE FROM leases WHERE name IN (SELECT name FROM leases WHERE expires_at <= ? LIMIT ?)"
}
