/// Counts of what must never happen (§4), of one restaurant, or of all where the parameter is null.
enum InvariantSQL {
  /// All counts by one statement, which is one snapshot.
  static let counts = """
    SELECT (\(overlappingParties)) + (\(partiesUnderBlocks)), (\(confirmedWithoutTables)), (\(historyGaps)),
      (\(duplicateNotices)), (\(missingNotices)), (\(lostBookings))
    """

  static let seatedParties = """
    SELECT restaurant_id, party_size, origin = 'guest' AND assignment_strategy IS DISTINCT FROM 'manual', tables,
      dining_end
    FROM bookings
    WHERE assignment_state = 'confirmed' AND status IN ('confirmed', 'seated') AND \(here())
    """

  private static func here(_ column: String = "restaurant_id") -> String { "($1::text IS NULL OR \(column) = $1)" }

  private static let overlappingParties = """
    SELECT count(*) FROM (
      SELECT window_start, max(window_end) OVER (
        PARTITION BY restaurant_id, table_number ORDER BY window_start, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
      FROM table_claims WHERE kind <> 'block' AND \(here())) AS parties
    WHERE taken_until > window_start
    """

  private static let partiesUnderBlocks = """
    SELECT count(*) FROM table_claims AS block JOIN table_claims AS party
      ON party.restaurant_id = block.restaurant_id AND party.table_number = block.table_number
      AND party.kind <> 'block' AND party.window_start < block.window_end AND party.window_end > block.window_start
    WHERE block.kind = 'block' AND \(here("block.restaurant_id"))
    """

  private static let confirmedWithoutTables = """
    SELECT count(*) FROM bookings
    WHERE assignment_state = 'confirmed' AND status IN ('confirmed', 'seated') AND \(here())
      AND NOT EXISTS (SELECT 1 FROM table_claims WHERE booking_id = bookings.id)
    """

  private static let historyGaps = """
    SELECT count(*) FROM bookings LEFT JOIN LATERAL (
      SELECT count(*) AS rows, max(version) AS latest FROM booking_assignment_state_history AS history
      WHERE history.restaurant_id = bookings.restaurant_id AND history.booking_id = bookings.id) AS history ON true
    WHERE \(here()) AND (rows <> assignment_state_version OR latest <> assignment_state_version OR NOT EXISTS (
      SELECT 1 FROM booking_assignment_state_history AS last
      WHERE last.restaurant_id = bookings.restaurant_id AND last.booking_id = bookings.id
        AND last.version = assignment_state_version AND last.to_state = assignment_state))
    """

  private static let duplicateNotices = """
    SELECT count(*) FROM (
      SELECT 1 FROM notices WHERE \(here()) GROUP BY booking_id, version, kind HAVING count(*) > 1) AS twice
    """

  /// A walk-in's guests stand in the house and get none.
  private static let missingNotices = """
    SELECT count(*) FROM bookings
    WHERE assignment_state = 'confirmed' AND origin <> 'walk_in' AND \(here()) AND NOT EXISTS (
      SELECT 1 FROM notices WHERE notices.restaurant_id = bookings.restaurant_id AND booking_id = bookings.id
        AND kind IN ('confirmed', 'changed', 'moved'))
    """

  private static let lostBookings = """
    SELECT count(*) FROM bookings
    WHERE assignment_state NOT IN ('confirmed', 'failed', 'manual_review') AND \(here())
      AND NOT EXISTS (SELECT 1 FROM assignment_jobs WHERE booking_id = bookings.id)
    """
}
