/// Counts of what must never happen (§4). Each statement takes one restaurant, or null for all.
enum InvariantSQL {
  private static func here(_ column: String = "restaurant_id") -> String { "(?1 IS NULL OR \(column) = ?1)" }

  static let overlappingParties = """
    SELECT count(*) FROM (
      SELECT window_start, max(window_end) OVER (
        PARTITION BY restaurant_id, table_number ORDER BY window_start, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
      FROM table_claims WHERE kind <> 'block' AND \(here()))
    WHERE taken_until > window_start
    """

  static let partiesUnderBlocks = """
    SELECT count(*) FROM table_claims AS block JOIN table_claims AS party
      ON party.restaurant_id = block.restaurant_id AND party.table_number = block.table_number
      AND party.kind <> 'block' AND party.window_start < block.window_end AND party.window_end > block.window_start
    WHERE block.kind = 'block' AND \(here("block.restaurant_id"))
    """

  static let confirmedWithoutTables = """
    SELECT count(*) FROM bookings
    WHERE assignment_state = 'confirmed' AND status IN ('confirmed', 'seated') AND \(here())
      AND NOT EXISTS (SELECT 1 FROM table_claims WHERE booking_id = bookings.id)
    """

  static let seatedParties = """
    SELECT restaurant_id, party_size, origin = 'guest' AND assignment_strategy IS NOT 'manual', tables, dining_end
    FROM bookings
    WHERE assignment_state = 'confirmed' AND status IN ('confirmed', 'seated') AND \(here())
    """

  static let historyGaps = """
    SELECT count(*) FROM bookings
    WHERE \(here()) AND (
      (SELECT count(*) FROM booking_assignment_state_history WHERE booking_id = bookings.id)
        <> assignment_state_version
      OR (SELECT version || ' ' || to_state FROM booking_assignment_state_history WHERE booking_id = bookings.id
        ORDER BY version DESC LIMIT 1) <> assignment_state_version || ' ' || assignment_state)
    """

  static let duplicateNotices = """
    SELECT count(*) FROM (
      SELECT 1 FROM notices WHERE \(here()) GROUP BY booking_id, version, kind HAVING count(*) > 1)
    """

  /// A walk-in's guests stand in the house and get none.
  static let missingNotices = """
    SELECT count(*) FROM bookings
    WHERE assignment_state = 'confirmed' AND origin <> 'walk_in' AND \(here()) AND NOT EXISTS (
      SELECT 1 FROM notices WHERE booking_id = bookings.id AND kind IN ('confirmed', 'changed', 'moved'))
    """

  static let lostBookings = """
    SELECT count(*) FROM bookings
    WHERE assignment_state NOT IN ('confirmed', 'failed', 'manual_review') AND \(here())
      AND NOT EXISTS (SELECT 1 FROM assignment_jobs WHERE booking_id = bookings.id)
    """
}
