public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: ClaimReading {
  public func floorState(_ id: RestaurantID, span: TimeWindow) async throws(StoreError) -> FloorState {
    // Claims are nearly always shorter than 8 hours; longer ones are in an index of their own (`claims_long`).
    let earliest = span.start.adding(.seconds(-8 * 3_600))
    let rows = try await read(FloorSQL.state, [.text(id), .time(span.start), .time(span.end), .time(earliest)])
    var state = FloorState(claims: [], waiting: [])
    for row in rows {
      if row.isNull(2) {
        state.waiting.append(FloorState.Waiting(bookingID: row.id(5), party: row.int(9), block: row.window(3)))
      } else {
        state.claims.append(try ClaimSQL.claim(row))
      }
    }
    state.waiting.sort { ($0.block.start, $0.bookingID) < ($1.block.start, $1.bookingID) }
    return state
  }

  public func claims(of booking: BookingID) async throws(StoreError) -> [Claim] {
    try await all(ClaimSQL.ofBooking, [.text(booking)], ClaimSQL.claim)
  }

  public func hold(_ id: String) async throws(StoreError) -> Hold? {
    try await first(
      "SELECT \(HoldSQL.columns) FROM holds WHERE id = $1 AND expires_at > now()", [.text(id)], HoldSQL.hold)
  }

  public func blocks(_ id: RestaurantID, after: Timestamp) async throws(StoreError) -> [Claim] {
    try await all(
      """
      SELECT \(ClaimSQL.columns) FROM table_claims
      WHERE restaurant_id = $1 AND kind = 'block' AND window_end > $2 ORDER BY window_start, table_number
      """, [.text(id), .time(after)], ClaimSQL.claim)
  }
}

/// What the engine reads of a floor: in one statement, which is one snapshot.
enum FloorSQL {
  /// Restaurant, start, end, 8 hours before the start. Rows without a kind are bookings that wait for a table.
  static let state = """
    SELECT \(ClaimSQL.columns), NULL::bigint AS party_size FROM table_claims
    WHERE restaurant_id = $1 AND kind <> 'block' AND window_start >= $4 AND window_start < $3 AND window_end > $2
      AND (expires_at IS NULL OR expires_at > now())
    UNION ALL
    SELECT \(ClaimSQL.columns), NULL FROM table_claims
    WHERE restaurant_id = $1 AND kind <> 'block' AND window_end - window_start > interval '28800 seconds'
      AND window_end > $2 AND window_start < $4 AND (expires_at IS NULL OR expires_at > now())
    UNION ALL
    SELECT \(ClaimSQL.columns), NULL FROM table_claims
    WHERE restaurant_id = $1 AND kind = 'block' AND window_end > $2 AND window_start < $3
    UNION ALL
    SELECT restaurant_id, NULL, NULL, block_start, block_end, id, NULL, NULL, NULL, party_size FROM bookings
    WHERE restaurant_id = $1 AND status = 'pending' AND block_start < $3 AND block_end > $2
      AND assignment_state NOT IN ('confirmed', 'failed') AND tables = '{}'
    """
}
