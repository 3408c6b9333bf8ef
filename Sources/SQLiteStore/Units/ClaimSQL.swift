import AssignmentStore
import BookingDomain
import GRDB

/// How a claim is written to and read from its row.
enum ClaimSQL {
  static let columns =
    "restaurant_id, table_number, kind, window_start, window_end, booking_id, group_id, expires_at, note"
  static let insert = "INSERT INTO table_claims (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
  static let ofBooking = "SELECT id, \(columns) FROM table_claims WHERE booking_id = ?"

  /// `INDEXED BY`: the other index on the same columns grows with the restaurant's past, this one holds few rows.
  static let deleteDead = """
    DELETE FROM table_claims INDEXED BY claims_of_holds
    WHERE restaurant_id = ? AND table_number = ? AND kind = 'hold' AND window_start < ? AND window_end > ?
      AND expires_at <= ?
    """

  static let holdsUnder = """
    SELECT DISTINCT group_id FROM table_claims INDEXED BY claims_of_holds
    WHERE restaurant_id = ? AND table_number = ? AND kind = 'hold' AND window_start < ? AND window_end > ?
    """

  static func values(_ claim: Claim) -> [DatabaseValue] {
    [
      .text(claim.restaurantID), .text(claim.table), .raw(claim.kind), .time(claim.window.start),
      .time(claim.window.end), .text(claim.bookingID), .text(claim.groupID), .time(claim.expiresAt), .text(claim.note),
    ]
  }

  /// Reads ``columns``, the first of them at an index.
  static func claim(_ row: Row, from index: Int = 0) throws -> Claim {
    Claim(
      restaurantID: row.id(index), table: row.id(index + 1), kind: try row.raw(index + 2),
      window: row.window(index + 3), bookingID: row.optionalID(index + 5), groupID: row.optionalText(index + 6),
      expiresAt: row.optionalTime(index + 7), note: row.optionalText(index + 8))
  }
}
