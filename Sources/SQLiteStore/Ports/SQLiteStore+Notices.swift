public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: NoticeStore {
  public func claimNotices(owner: String, limit: Int, ttl: Duration) async throws(StoreError) -> [Notice] {
    try await write { write in
      let now = DatabaseValue.time(write.now)
      let notices = try write.session.all(NoticeSQL.due, [now, .int(limit)], NoticeSQL.notice)
      return try notices.map { notice in
        try write.session.run(
          "UPDATE notices SET claimed_by = ?, claimed_until = ?, deliveries = deliveries + 1 WHERE id = ?",
          [.text(owner), .time(write.now.adding(ttl)), .text(notice.id)])
        var notice = notice
        notice.deliveries += 1
        return notice
      }
    }
  }

  public func markDelivered(_ id: String) async throws(StoreError) {
    try await write { write in
      _ = try write.session.run(
        """
        UPDATE notices SET status = 'delivered', delivered_at = ?, claimed_by = NULL, claimed_until = NULL
        WHERE id = ? AND status <> 'delivered'
        """, [.time(write.now), .text(id)])
    }
  }

  public func postponeNotice(_ id: String, after: Duration) async throws(StoreError) {
    try await write { write in
      _ = try write.session.run(
        "UPDATE notices SET due_at = ?, claimed_by = NULL, claimed_until = NULL WHERE id = ? AND status = 'pending'",
        [.time(write.now.adding(after)), .text(id)])
    }
  }

  public func notices(of booking: BookingID) async throws(StoreError) -> [Notice] {
    try await read { session in
      try session.all(
        "SELECT \(NoticeSQL.columns) FROM notices WHERE booking_id = ? ORDER BY version, kind", [.text(booking)],
        NoticeSQL.notice)
    }
  }
}

/// How a notice is read from its row.
enum NoticeSQL {
  static let columns = """
    id, booking_id, restaurant_id, version, kind, status, due_at, deliveries,
    (SELECT trace_id FROM bookings WHERE id = notices.booking_id)
    """

  static let due = """
    SELECT \(columns) FROM notices INDEXED BY notices_pending
    WHERE status = 'pending' AND due_at <= ?1 AND (claimed_until IS NULL OR claimed_until <= ?1)
    ORDER BY due_at LIMIT ?2
    """

  static func notice(_ row: Row) throws -> Notice {
    Notice(
      id: row.text(0), bookingID: row.id(1), restaurantID: row.id(2), version: row.int(3), kind: try row.raw(4),
      status: try row.raw(5), dueAt: row.time(6), deliveries: row.int(7),
      trace: row.optionalText(8).flatMap { TraceID($0) })
  }
}
