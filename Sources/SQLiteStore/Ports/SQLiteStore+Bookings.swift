public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: BookingReading {
  public func booking(_ id: BookingID) async throws(StoreError) -> Booking? {
    try await read { session in
      try session.first(
        "SELECT \(BookingSQL.columns) FROM bookings WHERE id = ?", [.text(id)], BookingSQL.booking)
    }
  }

  public func bookings(_ query: BookingQuery) async throws(StoreError) -> [Booking] {
    let statement = BookingQuerySQL(query)
    return try await read { session in
      try session.all(statement.sql, statement.values, BookingSQL.booking)
    }
  }

  public func history(of id: BookingID) async throws(StoreError) -> [HistoryRow] {
    try await read { session in
      try session.all(
        BookingReadSQL.history, [.text(id)]
      ) { row in
        HistoryRow(
          bookingID: row.id(0), version: row.int(1), from: try row.optionalRaw(2), to: try row.raw(3),
          mode: try row.raw(4), actor: row.text(5), cause: row.text(6), reason: row.optionalText(7),
          metadata: try row.json(8), createdAt: row.time(9))
      }
    }
  }

  public func attempts(of id: BookingID) async throws(StoreError) -> [AttemptRow] {
    try await read { session in
      try session.all(
        """
        SELECT booking_id, attempt_no, strategy, result, reason, metadata, created_at
        FROM booking_assignment_attempts WHERE booking_id = ? ORDER BY id
        """, [.text(id)]
      ) { row in
        AttemptRow(
          bookingID: row.id(0), attemptNumber: row.int(1), strategy: try row.optionalRaw(2), result: try row.raw(3),
          reason: try row.optionalRaw(4), metadata: try row.json(5), createdAt: row.time(6))
      }
    }
  }

  public func pacingLoad(
    _ id: RestaurantID, interval: TimeWindow, excluding: BookingID?
  ) async throws(StoreError) -> StartLoad {
    try await read { session in
      try BookingReadSQL.load(session, id, interval: interval, excluding: excluding)
    }
  }

  public func pastSuccess(_ id: RestaurantID, since: Timestamp) async throws(StoreError) -> [PastSuccessRow] {
    try await read { session in
      // A booking is confirmed before it starts, or when it walks in: the index by start bounds the search.
      try session.all(
        BookingReadSQL.pastSuccess, [.text(id), .time(since.adding(.seconds(-86_400))), .time(since)]
      ) { row in PastSuccessRow(party: row.int(0), tables: try row.tables(1), count: row.int(2)) }
    }
  }
}

/// Statements on bookings as a whole.
enum BookingReadSQL {
  static let history = """
    SELECT booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata, created_at
    FROM booking_assignment_state_history WHERE booking_id = ? ORDER BY version
    """

  static let pacing = """
    SELECT total(party_size), total(iif(origin = 'guest', party_size, 0)), count(*) FROM bookings
    WHERE restaurant_id = ? AND dining_start >= ? AND dining_start < ? AND status <> 'cancelled'
      AND assignment_state <> 'created' AND origin <> 'walk_in' AND id IS NOT ?
    """

  /// What starts within an interval.
  static func load(
    _ session: Session, _ id: RestaurantID, interval: TimeWindow, excluding: BookingID?
  ) throws -> StartLoad {
    let values: [DatabaseValue] = [.text(id), .time(interval.start), .time(interval.end), .text(excluding)]
    return try session.first(pacing, values) { row in
      StartLoad(covers: row.int(0), coversOnline: row.int(1), parties: row.int(2))
    } ?? StartLoad()
  }

  static let pastSuccess = """
    SELECT party_size, tables, count(*) AS times FROM bookings
    WHERE restaurant_id = ? AND dining_start >= ? AND assignment_state = 'confirmed' AND state_entered_at >= ?
      AND tables <> '[]'
    GROUP BY party_size, tables ORDER BY times DESC, party_size, tables LIMIT 500
    """
}
