public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: EventLog {
  public func append(_ events: [ObservabilityEvent]) async throws(StoreError) {
    if events.isEmpty { return }
    try await write { write in try EventWriter(session: write.session).append(events) }
  }

  public func events(_ query: EventQuery) async throws(StoreError) -> [StoredEvent] {
    let statement = EventQuerySQL(query)
    let rows = try await read { session in
      try session.all(statement.sql, statement.values, EventQuerySQL.event)
    }
    return query.latest ? rows.reversed() : rows
  }
}

extension SQLiteStore: OutboxReading {
  public func outbox(after id: Int64, limit: Int) async throws(StoreError) -> [StoredOutboxMessage] {
    try await read { session in
      try session.all(
        """
        SELECT id, topic, restaurant_id, booking_id, payload, created_at FROM outbox
        WHERE id > ? ORDER BY id LIMIT ?
        """, [.int(id), .int(limit)]
      ) { row in
        StoredOutboxMessage(
          id: row.int64(0),
          message: OutboxMessage(
            topic: row.text(1), restaurantID: row.id(2), bookingID: row.optionalID(3), payload: row.text(4),
            createdAt: row.time(5)))
      }
    }
  }

  public func latestOutboxID() async throws(StoreError) -> Int64 {
    try await read { session in try session.first("SELECT max(id) FROM outbox") { $0.int64(0) } ?? 0 }
  }
}

extension SQLiteStore: DecisionReading {
  public func decision(_ id: String) async throws(StoreError) -> StoredDecision? {
    try await read { session in
      try session.first(
        "SELECT id, restaurant_id, booking_id, document, created_at FROM decisions WHERE id = ?", [.text(id)]
      ) { row in
        StoredDecision(
          id: row.text(0), restaurantID: row.id(1), bookingID: row.id(2), document: row.text(3), createdAt: row.time(4))
      }
    }
  }
}
