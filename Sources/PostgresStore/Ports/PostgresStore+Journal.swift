public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: EventLog {
  public func append(_ events: [ObservabilityEvent]) async throws(StoreError) {
    guard let first = events.first else { return }
    _ = try await write(first.restaurantID?.rawValue ?? "events", EventSQL.insert, EventSQL.values(events))
  }

  public func events(_ query: EventQuery) async throws(StoreError) -> [StoredEvent] {
    let statement = EventQuerySQL(query, before: query.afterID == nil ? nil : try await journalEnd())
    let rows = try await all(statement.sql, statement.values, EventQuerySQL.event)
    return query.latest ? rows.reversed() : rows
  }
}

extension PostgresStore: OutboxReading {
  /// Only up to the oldest transaction under way: what it will write has a higher id than all that is returned.
  public func outbox(after id: Int64, limit: Int) async throws(StoreError) -> [StoredOutboxMessage] {
    try await all(
      """
      SELECT id, topic, restaurant_id, booking_id, payload, created_at FROM outbox
      WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3
      """, [.int(id), .int(try await journalEnd()), .int(limit)]
    ) { row in
      StoredOutboxMessage(
        id: row.int64(0),
        message: OutboxMessage(
          topic: row.text(1), restaurantID: row.id(2), bookingID: row.optionalID(3), payload: row.text(4),
          createdAt: row.time(5)))
    }
  }

  public func latestOutboxID() async throws(StoreError) -> Int64 {
    let end = try await journalEnd()
    return try await first("SELECT max(id) FROM outbox WHERE id < $1", [.int(end)]) { $0.optionalInt64(0) ?? 0 } ?? 0
  }

  /// By a statement of its own, before the one that reads.
  func journalEnd() async throws(StoreError) -> Int64 { try await first(JournalSQL.end) { $0.int64(0) } ?? 0 }
}

extension PostgresStore: DecisionReading {
  public func decision(_ id: String) async throws(StoreError) -> StoredDecision? {
    try await first(
      "SELECT id, restaurant_id, booking_id, document, created_at FROM decisions WHERE id = $1", [.text(id)]
    ) { row in
      StoredDecision(
        id: row.text(0), restaurantID: row.id(1), bookingID: row.id(2), document: row.text(3), createdAt: row.time(4))
    }
  }
}

/// The statement of an ``EventQuery``.
struct EventQuerySQL {
  private(set) var sql = ""
  private(set) var values: [PostgresValue] = []
  private var conditions: [String] = []

  /// - Parameter end: for a reader who follows the log: where it is complete.
  init(_ query: EventQuery, before end: Int64? = nil) {
    if let id = query.bookingID { add("booking_id =", .text(id)) }
    if let id = query.restaurantID { add("restaurant_id =", .text(id)) }
    if let source = query.source { add("source =", .raw(source)) }
    if let type = query.type { add("event_type =", .text(type)) }
    if let since = query.since { add("created_at >=", .time(since)) }
    if let before = query.before { add("created_at <", .time(before)) }
    if let id = query.afterID { add("id >", .int(id)) }
    if let end { add("id <", .int(end)) }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    values.append(.int(max(query.limit, 1)))
    sql = """
      SELECT id, source, event_type, severity, restaurant_id, booking_id, context, created_at
      FROM observability_events\(filter) ORDER BY id\(query.latest ? " DESC" : "") LIMIT $\(values.count)
      """
  }

  static func event(_ row: PostgresRow) throws(StoreError) -> StoredEvent {
    StoredEvent(
      id: row.int64(0),
      event: ObservabilityEvent(
        try row.raw(1), row.text(2), severity: try row.raw(3), restaurantID: row.optionalID(4),
        bookingID: row.optionalID(5), context: try row.json(6), at: row.time(7)))
  }

  private mutating func add(_ condition: String, _ value: PostgresValue) {
    values.append(value)
    conditions.append("\(condition) $\(values.count)")
  }
}
