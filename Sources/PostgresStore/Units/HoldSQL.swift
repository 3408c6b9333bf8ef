import AssignmentStore
import BookingDomain
import PostgresClient

/// How a hold is written to and read from its row.
enum HoldSQL {
  private static let names = """
    id, restaurant_id, tables, party_size, service, service_date, dining_start, dining_end, block_start, block_end, \
    zone, tags, needs, caller, expires_at
    """
  static let columns = names.replacing("service_date", with: "service_date::text")
  static let insert = """
    INSERT INTO holds (\(names)) VALUES (\(BookingSQL.marks(1...14)), now() + $15 * interval '1 microsecond')
    """

  /// A table's live row becomes the booking's.
  static let convert = """
    WITH converted AS (
      UPDATE table_claims SET kind = 'allocation', booking_id = $1, group_id = NULL, expires_at = NULL
      WHERE group_id = $2 AND kind = 'hold' AND table_number = $3 AND expires_at > now() RETURNING 1)
    SELECT headwaiter_refuse('\(Refusal.holdExpired.rawValue)', $2) WHERE (SELECT count(*) FROM converted) <> 1
    """

  /// Restaurant, table, start, end. A hold that loses one table is of no use with the others: the whole of it goes.
  static let deleteUnder = """
    WITH under AS (
      SELECT DISTINCT group_id FROM table_claims
      WHERE restaurant_id = $1 AND table_number = $2 AND kind = 'hold' AND window_start < $4 AND window_end > $3),
    claims AS (
      DELETE FROM table_claims WHERE kind = 'hold' AND group_id IN (SELECT group_id FROM under))
    DELETE FROM holds WHERE id IN (SELECT group_id FROM under)
    """

  static func values(_ new: NewHold) -> [PostgresValue] {
    let hold = new.hold
    let slot = hold.slot
    return [
      .text(hold.id), .text(hold.restaurantID), .tables(hold.tables), .int(hold.party), .text(slot.service),
      .text(slot.serviceDate.description), .time(slot.dining.start), .time(slot.dining.end), .time(slot.block.start),
      .time(slot.block.end), .text(hold.wishes.zone), .texts(hold.wishes.tags.sorted()),
      .texts(hold.wishes.needs.map(\.rawValue).sorted()), .text(hold.caller), .duration(new.ttl),
    ]
  }

  static func hold(_ row: PostgresRow) throws(StoreError) -> Hold {
    Hold(
      id: row.text(0), restaurantID: row.id(1), tables: row.tables(2), party: row.int(3),
      slot: try BookingSQL.slot(row, service: 4), wishes: BookingSQL.wishes(row, zone: 10), caller: row.text(13),
      expiresAt: row.time(14))
  }
}
