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

  public func health(since: Timestamp) async throws(StoreError) -> HealthFigures {
    let figures = try await first(HealthSQL.figures, [.time(since)]) { row in
      let refused = row.int(4)
      return HealthFigures(
        bookings: row.int(0) - refused, confirmed: row.int(1), inReview: row.int(2), failed: row.int(3) - refused,
        refused: refused, errors: row.int(5), stuck: row.int(6))
    }
    return figures
      ?? HealthFigures(bookings: 0, confirmed: 0, inReview: 0, failed: 0, refused: 0, errors: 0, stuck: 0)
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

private enum HealthSQL {
  /// Only the checks of capacity give these reasons, and they are made once, in `created`.
  private static let capacityReasons = CapacityRejection.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")

  static let figures = """
    SELECT count(*), count(*) FILTER (WHERE assignment_state = 'confirmed'),
      count(*) FILTER (WHERE assignment_state = 'manual_review'),
      count(*) FILTER (WHERE assignment_state = 'failed'),
      count(*) FILTER (WHERE assignment_state = 'failed' AND reason IN (\(capacityReasons))),
      (SELECT count(*) FROM observability_events
        WHERE severity = 'error' AND created_at >= $1 AND source LIKE 'assignment.%'),
      (\(OverdueSQL.count))
    FROM bookings WHERE created_at >= $1
    """
}
