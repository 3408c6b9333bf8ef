import AssignmentStore
import BookingDomain
import GRDB

/// The statement of an ``EventQuery``.
struct EventQuerySQL {
  private(set) var sql: String
  private(set) var values: [DatabaseValue] = []
  private var conditions: [String] = []

  init(_ query: EventQuery) {
    sql = ""
    if let id = query.bookingID { add("booking_id = ?", .text(id)) }
    if let id = query.restaurantID { add("restaurant_id = ?", .text(id)) }
    if let source = query.source { add("source = ?", .raw(source)) }
    if let type = query.type { add("event_type = ?", .text(type)) }
    if let since = query.since { add("created_at >= ?", .time(since)) }
    if let before = query.before { add("created_at < ?", .time(before)) }
    if let id = query.afterID { add("id > ?", .int(id)) }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    sql = """
      SELECT id, source, event_type, severity, restaurant_id, booking_id, context, created_at
      FROM observability_events\(filter) ORDER BY id\(query.latest ? " DESC" : "") LIMIT ?
      """
    values.append(.int(max(query.limit, 1)))
  }

  static func event(_ row: Row) throws -> StoredEvent {
    StoredEvent(
      id: row.int64(0),
      event: ObservabilityEvent(
        try row.raw(1), row.text(2), severity: try row.raw(3), restaurantID: row.optionalID(4),
        bookingID: row.optionalID(5), context: try row.json(6), at: row.time(7)))
  }

  private mutating func add(_ condition: String, _ value: DatabaseValue) {
    conditions.append(condition)
    values.append(value)
  }
}
