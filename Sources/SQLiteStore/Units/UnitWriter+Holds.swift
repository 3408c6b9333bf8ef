import AssignmentStore
import BookingDomain
import GRDB
import StoreFoundation

extension UnitWriter {
  /// Its claims were written with the unit's other claims.
  func writeHold() throws {
    guard let new = unit.newHold else { return }
    let live = try session.count(HoldSQL.live, [.text(new.hold.caller), .time(now)])
    guard live < new.limit else { throw StoreError.tooManyHolds(limit: new.limit) }
    var hold = new.hold
    hold.expiresAt = now.adding(new.ttl)
    try session.run(HoldSQL.insert, HoldSQL.values(hold))
  }
}

/// How a hold is written to and read from its row.
enum HoldSQL {
  static let columns = """
    id, restaurant_id, tables, party_size, service, service_date, dining_start, dining_end, block_start, block_end, \
    zone, tags, needs, caller, expires_at
    """
  static let insert = "INSERT INTO holds (\(columns)) VALUES (\(BookingSQL.marks(15)))"

  /// Live holds of a caller.
  static let live = "SELECT count(*) FROM holds WHERE caller = ? AND expires_at > ?"

  /// A table's live row becomes the booking's.
  static let converted = """
    UPDATE table_claims SET kind = 'allocation', booking_id = ?, group_id = NULL, expires_at = NULL
    WHERE group_id = ? AND kind = 'hold' AND table_number = ? AND expires_at > ?
    """

  static func values(_ hold: Hold) -> [DatabaseValue] {
    let slot = hold.slot
    return [
      .text(hold.id), .text(hold.restaurantID), .text(JSONText.tables(hold.tables)), .int(hold.party),
      .text(slot.service), .text(slot.serviceDate.description), .time(slot.dining.start), .time(slot.dining.end),
      .time(slot.block.start), .time(slot.block.end), .text(hold.wishes.zone),
      .text(JSONText.strings(hold.wishes.tags.sorted())),
      .text(JSONText.strings(hold.wishes.needs.map(\.rawValue).sorted())), .text(hold.caller), .time(hold.expiresAt),
    ]
  }

  static func hold(_ row: Row) throws -> Hold {
    Hold(
      id: row.text(0), restaurantID: row.id(1), tables: try row.tables(2), party: row.int(3),
      slot: try BookingSQL.slot(row, service: 4), wishes: try BookingSQL.wishes(row, zone: 10), caller: row.text(13),
      expiresAt: row.time(14))
  }
}
