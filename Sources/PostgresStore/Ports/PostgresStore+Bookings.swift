public import AssignmentStore
public import BookingDomain
import PostgresClient
import StoreFoundation

extension PostgresStore: BookingReading {
  public func booking(_ id: BookingID) async throws(StoreError) -> Booking? {
    try await first("SELECT \(BookingSQL.columns) FROM bookings WHERE id = $1", [.text(id)], BookingSQL.booking)
  }

  public func bookings(_ query: BookingQuery) async throws(StoreError) -> [Booking] {
    let statement = BookingQuerySQL(query)
    return try await all(statement.sql, statement.values, BookingSQL.booking)
  }

  public func history(of id: BookingID) async throws(StoreError) -> [HistoryRow] {
    try await all(BookingReadSQL.history, [.text(id)]) { row throws(StoreError) in
      HistoryRow(
        bookingID: row.id(0), version: row.int(1), from: try row.optionalRaw(2), to: try row.raw(3),
        mode: try row.raw(4), actor: row.text(5), cause: row.text(6), reason: row.optionalText(7),
        metadata: try row.json(8), createdAt: row.time(9))
    }
  }

  public func attempts(of id: BookingID) async throws(StoreError) -> [AttemptRow] {
    try await all(BookingReadSQL.attempts, [.text(id)]) { row throws(StoreError) in
      AttemptRow(
        bookingID: row.id(0), attemptNumber: row.int(1), strategy: try row.optionalRaw(2), result: try row.raw(3),
        reason: try row.optionalRaw(4), metadata: try row.json(5), createdAt: row.time(6))
    }
  }

  public func pacingLoad(
    _ id: RestaurantID, interval: TimeWindow, excluding: BookingID?
  ) async throws(StoreError) -> StartLoad {
    try await first(BookingReadSQL.pacing, BookingReadSQL.pacingValues(id, interval, excluding: excluding)) { row in
      StartLoad(covers: row.int(0), coversOnline: row.int(1), parties: row.int(2))
    } ?? StartLoad()
  }

  public func pastSuccess(_ id: RestaurantID, since: Timestamp) async throws(StoreError) -> [PastSuccessRow] {
    // A booking is confirmed before it starts, or when it walks in: the index by start bounds the search.
    try await all(
      BookingReadSQL.pastSuccess, [.text(id), .time(since.adding(.seconds(-86_400))), .time(since)]
    ) { row in PastSuccessRow(party: row.int(0), tables: row.tables(1), count: row.int(2)) }
  }
}

/// Statements on bookings as a whole.
enum BookingReadSQL {
  /// A booking's restaurant, with which the keys of its other rows begin.
  private static let restaurant = "(SELECT restaurant_id FROM bookings WHERE id = $1)"

  static let history = """
    SELECT booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata, created_at
    FROM booking_assignment_state_history WHERE restaurant_id = \(restaurant) AND booking_id = $1 ORDER BY version
    """

  static let attempts = """
    SELECT booking_id, attempt_no, strategy, result, reason, metadata, created_at
    FROM booking_assignment_attempts WHERE restaurant_id = \(restaurant) AND booking_id = $1 ORDER BY id
    """

  static let pacing = """
    SELECT coalesce(sum(party_size), 0)::bigint AS covers,
      coalesce(sum(party_size) FILTER (WHERE origin = 'guest'), 0)::bigint AS covers_online, count(*) AS parties
    FROM bookings
    WHERE restaurant_id = $1 AND dining_start >= $2 AND dining_start < $3 AND status <> 'cancelled'
      AND assignment_state <> 'created' AND origin <> 'walk_in' AND id IS DISTINCT FROM $4
    """

  static func pacingValues(
    _ id: RestaurantID, _ interval: TimeWindow, excluding: BookingID?
  ) -> [PostgresValue] {
    [.text(id), .time(interval.start), .time(interval.end), .text(excluding)]
  }

  static let pastSuccess = """
    SELECT party_size, tables, count(*) AS times FROM bookings
    WHERE restaurant_id = $1 AND dining_start >= $2 AND assignment_state = 'confirmed' AND state_entered_at >= $3
      AND tables <> '{}'
    GROUP BY party_size, tables ORDER BY times DESC, party_size, tables LIMIT 500
    """
}
