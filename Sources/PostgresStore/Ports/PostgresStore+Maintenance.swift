public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: MaintenanceStore {
  public func reapDeadHolds(limit: Int) async throws(StoreError) -> Int {
    let reap = PostgresStatement(
      """
      DELETE FROM table_claims WHERE kind = 'hold' AND id IN (
        SELECT id FROM table_claims WHERE kind = 'hold' AND expires_at <= now() ORDER BY expires_at LIMIT $1
        FOR UPDATE SKIP LOCKED)
      """, [.int(limit)])
    let headers = PostgresStatement(
      """
      DELETE FROM holds WHERE id IN (
        SELECT id FROM holds WHERE expires_at <= now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      """, [.int(limit)])
    do throws(PostgresError) {
      return try await write("maintenance", [reap, headers])[0].affectedRows
    } catch {
      throw StoreError(error)
    }
  }

  public func prune(_ kind: PrunedKind, before: Timestamp, limit: Int) async throws(StoreError) -> Int {
    let values: [PostgresValue] = [.time(before), .int(limit)]
    guard kind == .events else { return try await write("maintenance", PruneSQL.delete(kind), values).affectedRows }
    return try await write("maintenance", PruneSQL.events, values).first?.int(0) ?? 0
  }

  public func prunable(_ kind: PrunedKind, before: Timestamp) async throws(StoreError) -> Int {
    try await first(PruneSQL.count(kind), [.time(before)]) { $0.int(0) } ?? 0
  }

  public func pruneEnded(limit: Int) async throws(StoreError) -> Int {
    let pruned = try await write("maintenance", PruneSQL.leases, [.int(limit)]).affectedRows
    let silent = "DELETE FROM instances WHERE heartbeat_at < now() - interval '1 day'"
    let forgotten = try await write(
      "maintenance", "DELETE FROM breaker_openings WHERE seen_at < now() - $1 * interval '1 microsecond'",
      [.duration(Retention.breakerOpenings)])
    return pruned + (try await write("maintenance", silent).affectedRows) + forgotten.affectedRows
  }
}

/// Deletions take a time and a limit, counts a time.
enum PruneSQL {
  /// By a function of the owner's: the role of the instances may not delete events.
  static let events = "SELECT headwaiter_prune_events($1, $2)"

  /// The newest message stays, so that a cursor at the end never lies above all that is there.
  static func delete(_ kind: PrunedKind) -> String {
    switch kind {
    case .events: events
    case .outbox:
      """
      DELETE FROM outbox WHERE id IN (
        SELECT id FROM (SELECT id, created_at FROM outbox ORDER BY id LIMIT $2) AS oldest
        WHERE created_at < $1 AND id < (SELECT max(id) FROM outbox))
      """
    case .idempotency:
      """
      DELETE FROM idempotency_keys WHERE ctid IN (
        SELECT ctid FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT $2)
      """
    case .shadow:
      """
      DELETE FROM shadow_comparisons WHERE ctid IN (
        SELECT ctid FROM shadow_comparisons WHERE created_at < $1 ORDER BY created_at LIMIT $2)
      """
    case .dayPlans: "DELETE FROM day_plans WHERE id IN (SELECT id FROM \(oldPlans) ORDER BY service_date LIMIT $2)"
    }
  }

  static func count(_ kind: PrunedKind) -> String {
    switch kind {
    case .events:
      """
      SELECT count(*) FROM observability_events
      WHERE created_at < $1 AND id < (SELECT max(id) FROM observability_events)
      """
    case .outbox: "SELECT count(*) FROM outbox WHERE created_at < $1 AND id < (SELECT max(id) FROM outbox)"
    case .idempotency: "SELECT count(*) FROM idempotency_keys WHERE created_at < $1"
    case .shadow: "SELECT count(*) FROM shadow_comparisons WHERE created_at < $1"
    case .dayPlans: "SELECT count(*) FROM \(oldPlans)"
    }
  }

  /// Those of days to come are counted still, however long ago they were made.
  private static let oldPlans = """
    day_plans WHERE created_at < $1::timestamptz AND service_date < ($1::timestamptz AT TIME ZONE 'UTC')::date
    """

  /// Ended leases and dead permits; there are few rows besides the live ones.
  static let leases = """
    DELETE FROM leases WHERE name IN (
      SELECT name FROM leases WHERE expires_at <= now() LIMIT $1 FOR UPDATE SKIP LOCKED)
    """
}
