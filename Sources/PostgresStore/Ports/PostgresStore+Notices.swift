public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: NoticeStore {
  public func claimNotices(owner: String, limit: Int, ttl: Duration) async throws(StoreError) -> [Notice] {
    let rows = try await write("notices", NoticeQueueSQL.claim, [.text(owner), .duration(ttl), .int(limit)])
    var notices: [Notice] = []
    for row in rows { notices.append(try NoticeSQL.notice(row)) }
    return notices.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
  }

  public func markDelivered(_ id: String) async throws(StoreError) {
    _ = try await write(
      "notices",
      """
      UPDATE notices SET status = 'delivered', delivered_at = now(), claimed_by = NULL, claimed_until = NULL
      WHERE id = $1 AND status <> 'delivered'
      """, [.text(id)])
  }

  public func postponeNotice(_ id: String, after: Duration) async throws(StoreError) {
    _ = try await write(
      "notices",
      """
      UPDATE notices SET due_at = now() + $2 * interval '1 microsecond', claimed_by = NULL, claimed_until = NULL
      WHERE id = $1 AND status = 'pending'
      """, [.text(id), .duration(after)])
  }

  public func notices(of booking: BookingID) async throws(StoreError) -> [Notice] {
    try await all(
      """
      SELECT \(NoticeSQL.columns) FROM notices
      WHERE restaurant_id = (SELECT restaurant_id FROM bookings WHERE id = $1) AND booking_id = $1
      ORDER BY version, kind
      """, [.text(booking)], NoticeSQL.notice)
  }
}

enum NoticeQueueSQL {
  /// Owner, microseconds, limit. What another instance is just taking is passed over.
  static let claim = """
    UPDATE notices SET claimed_by = $1, claimed_until = now() + $2 * interval '1 microsecond',
      deliveries = deliveries + 1
    WHERE id IN (
      SELECT id FROM notices
      WHERE status = 'pending' AND due_at <= now() AND (claimed_until IS NULL OR claimed_until <= now())
      ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
    RETURNING \(NoticeSQL.columns)
    """
}
