public import AssignmentStore
import BookingDomain
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

  public func prune(
    outboxOlderThan: Duration, idempotencyOlderThan: Duration, limit: Int
  ) async throws(StoreError) -> Int {
    var pruned = 0
    for (sql, age) in [
      (PruneSQL.outbox, outboxOlderThan), (PruneSQL.idempotency, idempotencyOlderThan), (PruneSQL.leases, .zero),
    ] {
      pruned += try await write("maintenance", sql, [.duration(age), .int(limit)]).affectedRows
    }
    let silent = "DELETE FROM instances WHERE heartbeat_at < now() - interval '1 day'"
    return pruned + (try await write("maintenance", silent).affectedRows)
  }
}

/// Each takes an age in microseconds and a limit.
private enum PruneSQL {
  /// The newest one stays, so that a cursor at the end never lies above all that is there.
  static let outbox = """
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM (SELECT id, created_at FROM outbox ORDER BY id LIMIT $2) AS oldest
      WHERE created_at < now() - $1 * interval '1 microsecond' AND id < (SELECT max(id) FROM outbox))
    """

  static let idempotency = """
    DELETE FROM idempotency_keys WHERE ctid IN (
      SELECT ctid FROM idempotency_keys WHERE created_at < now() - $1 * interval '1 microsecond'
      ORDER BY created_at LIMIT $2)
    """

  /// Ended leases and dead permits; there are few rows besides the live ones.
  static let leases = """
    DELETE FROM leases WHERE name IN (
      SELECT name FROM leases WHERE expires_at <= now() - $1 * interval '1 microsecond' LIMIT $2
      FOR UPDATE SKIP LOCKED)
    """
}
