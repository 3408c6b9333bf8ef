public import AssignmentStore
import BookingDomain
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

  public func prune(
    outboxOlderThan: Duration, idempotencyOlderThan: Duration, limit: Int
  ) async throws(StoreError) -> Int {
    try await write { write in
      let outbox = DatabaseValue.time(write.now.adding(.zero - outboxOlderThan))
      let idempotency = DatabaseValue.time(write.now.adding(.zero - idempotencyOlderThan))
      let session = write.session
      return try session.run(PruneSQL.outbox, [.int(limit), outbox])
        + session.run(PruneSQL.idempotency, [idempotency, .int(limit)])
        + session.run(PruneSQL.leases, [.time(write.now), .int(limit)])
        + session.run(
          "DELETE FROM instances WHERE heartbeat_at < ?", [.time(write.now.adding(.seconds(-86_400)))])
    }
  }
}

private enum PruneSQL {
  /// The oldest rows come first by id; the newest one stays, so that ids never start again.
  static let outbox = """
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM (SELECT id, created_at FROM outbox ORDER BY id LIMIT ?)
      WHERE created_at < ? AND id < (SELECT max(id) FROM outbox))
    """

  static let idempotency = """
    DELETE FROM idempotency_keys WHERE rowid IN (
      SELECT rowid FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?)
    """

  /// Ended leases and dead permits; there are few rows besides the live ones.
  static let leases =
    "DELETE FROM leases WHERE name IN (SELECT name FROM leases WHERE expires_at <= ? LIMIT ?)"
}
