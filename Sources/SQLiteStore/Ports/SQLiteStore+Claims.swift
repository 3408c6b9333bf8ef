public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore: ClaimReading {
  public func floorState(_ id: RestaurantID, span: TimeWindow) async throws(StoreError) -> FloorState {
    let now = clock.now()
    return try await read { session in
      FloorState(
        claims: try FloorSQL.claims(id, span, session, now: now), waiting: try FloorSQL.waiting(id, span, session))
    }
  }

  public func claims(of booking: BookingID) async throws(StoreError) -> [Claim] {
    try await read { session in
      try session.all(ClaimSQL.ofBooking, [.text(booking)]) { row in try ClaimSQL.claim(row, from: 1) }
        .sorted { $0.table < $1.table }
    }
  }

  public func hold(_ id: String) async throws(StoreError) -> Hold? {
    let now = clock.now()
    return try await read { session in
      try session.first(
        "SELECT \(HoldSQL.columns) FROM holds WHERE id = ? AND expires_at > ?", [.text(id), .time(now)], HoldSQL.hold)
    }
  }

  public func blocks(_ id: RestaurantID, after: Timestamp) async throws(StoreError) -> [Claim] {
    try await read { session in
      try session.all(
        """
        SELECT \(ClaimSQL.columns) FROM table_claims
        WHERE restaurant_id = ? AND kind = 'block' AND window_end > ? ORDER BY window_start, table_number
        """, [.text(id), .time(after)]
      ) { row in try ClaimSQL.claim(row) }
    }
  }
}

/// What the engine reads of a floor.
enum FloorSQL {
  /// Claims are nearly always shorter than this; longer ones are in an index of their own (`claims_long`).
  static let lookBack = Duration.seconds(8 * 3_600)

  static let claims = """
    SELECT \(ClaimSQL.columns) FROM table_claims INDEXED BY claims_by_window
    WHERE restaurant_id = ?1 AND kind <> 'block' AND window_start >= ?4 AND window_start < ?3 AND window_end > ?2
      AND (expires_at IS NULL OR expires_at > ?5)
    UNION ALL
    SELECT \(ClaimSQL.columns) FROM table_claims INDEXED BY claims_long
    WHERE restaurant_id = ?1 AND kind <> 'block' AND window_end - window_start > 28800000000 AND window_end > ?2
      AND window_start < ?4 AND (expires_at IS NULL OR expires_at > ?5)
    UNION ALL
    SELECT \(ClaimSQL.columns) FROM table_claims INDEXED BY claims_of_blocks
    WHERE restaurant_id = ?1 AND kind = 'block' AND window_end > ?2 AND window_start < ?3
    """

  static let waiting = """
    SELECT id, party_size, block_start, block_end FROM bookings
    WHERE restaurant_id = ? AND status = 'pending' AND block_start < ? AND block_end > ?
      AND assignment_state NOT IN ('confirmed', 'failed') AND tables = '[]'
    ORDER BY block_start, id
    """

  static func claims(
    _ id: RestaurantID, _ span: TimeWindow, _ session: Session, now: Timestamp
  ) throws -> [Claim] {
    let earliest = span.start.adding(.zero - lookBack)
    return try session.all(
      claims, [.text(id), .time(span.start), .time(span.end), .time(earliest), .time(now)]
    ) { row in try ClaimSQL.claim(row) }
  }

  static func waiting(
    _ id: RestaurantID, _ span: TimeWindow, _ session: Session
  ) throws -> [FloorState.Waiting] {
    try session.all(waiting, [.text(id), .time(span.end), .time(span.start)]) { row in
      FloorState.Waiting(bookingID: row.id(0), party: row.int(1), block: row.window(2))
    }
  }
}
