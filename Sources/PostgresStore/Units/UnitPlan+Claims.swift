import AssignmentStore
import BookingDomain
import PostgresClient

extension UnitPlan {
  mutating func releaseClaims() {
    for release in unit.releases {
      switch release {
      case .allocations(let booking): add("DELETE FROM table_claims WHERE booking_id = $1", [.text(booking)])
      case .hold(let id): deleteHold(id)
      case .block(let id): add("DELETE FROM table_claims WHERE group_id = $1 AND kind = 'block'", [.text(id)])
      case .holds(let restaurant, let table, let window):
        add(HoldSQL.deleteUnder, [.text(restaurant), .text(table), .time(window.start), .time(window.end)])
      }
    }
  }

  mutating func resizeClaims() {
    for resize in unit.resizes {
      let window: [PostgresValue] = [.text(resize.bookingID), .time(resize.window.start), .time(resize.window.end)]
      add(ClaimSQL.deleteDeadUnderBooking, window)
      addResize(to: resize.window, ClaimSQL.resize, window)
    }
  }

  /// In order of restaurant and table, as everything that is taken.
  mutating func insertClaims() {
    let claims = unit.claims.sorted(by: Claim.precedes)
    guard !claims.isEmpty else { return }
    add(
      ClaimSQL.deleteDead,
      [
        .texts(claims) { $0.restaurantID.rawValue }, .texts(claims) { $0.table.rawValue },
        .times(claims) { $0.window.start }, .times(claims) { $0.window.end },
      ])
    for claim in claims {
      let ttl = unit.newHold.flatMap { claim.kind == .hold && $0.hold.id == claim.groupID ? $0.ttl : nil }
      addClaim(claim, ClaimSQL.insert, ClaimSQL.values(claim, ttl: ttl))
    }
  }

  /// Each table's row must still be live, by the database's clock.
  mutating func convertHold() {
    guard let conversion = unit.holdConversion else { return }
    for table in conversion.tables.sorted() {
      add(HoldSQL.convert, [.text(conversion.bookingID), .text(conversion.holdID), .text(table)])
    }
    deleteHold(conversion.holdID)
  }

  /// Its claims were written with the unit's other claims.
  mutating func writeHold() {
    guard let new = unit.newHold else { return }
    add(TransactionLock.exclusive, [.text(TransactionLock.holds(new.hold.caller))])
    refuse(
      .tooManyHolds, "\(new.limit)",
      unless: "(SELECT count(*) FROM holds WHERE caller = $2 AND expires_at > now()) < $3",
      [.text(new.hold.caller), .int(new.limit)])
    add(HoldSQL.insert, HoldSQL.values(new))
  }

  /// A hold's claims and its header.
  private mutating func deleteHold(_ id: String) {
    add("DELETE FROM table_claims WHERE group_id = $1 AND kind = 'hold'", [.text(id)])
    add("DELETE FROM holds WHERE id = $1", [.text(id)])
  }
}

extension Claim {
  fileprivate static func precedes(_ lhs: Claim, _ rhs: Claim) -> Bool {
    if lhs.restaurantID != rhs.restaurantID { return lhs.restaurantID < rhs.restaurantID }
    if lhs.table != rhs.table { return lhs.table < rhs.table }
    return lhs.window.start < rhs.window.start
  }
}

/// How a claim is written to and read from its row.
enum ClaimSQL {
  static let columns =
    "restaurant_id, table_number, kind, window_start, window_end, booking_id, group_id, expires_at, note"
  static let insert = """
    INSERT INTO table_claims (\(columns))
    VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, now() + $10 * interval '1 microsecond'), $9)
    """
  static let ofBooking = "SELECT \(columns) FROM table_claims WHERE booking_id = $1 ORDER BY table_number"
  static let resize = "UPDATE table_claims SET window_start = $2, window_end = $3 WHERE booking_id = $1"

  /// Dead holds under new claims, given as arrays.
  static let deleteDead = """
    DELETE FROM table_claims AS dead
    USING unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[]) AS new (restaurant, number, start, stop)
    WHERE dead.kind = 'hold' AND dead.restaurant_id = new.restaurant AND dead.table_number = new.number
      AND dead.window_start < new.stop AND dead.window_end > new.start AND dead.expires_at <= now()
    """

  /// Dead holds under the tables of a booking in a new window.
  static let deleteDeadUnderBooking = """
    DELETE FROM table_claims AS dead USING table_claims AS own
    WHERE own.booking_id = $1 AND dead.kind = 'hold' AND dead.restaurant_id = own.restaurant_id
      AND dead.table_number = own.table_number AND dead.window_start < $3 AND dead.window_end > $2
      AND dead.expires_at <= now()
    """

  /// - Parameter ttl: for the claims of a new hold, whose life is counted from the database's clock.
  static func values(_ claim: Claim, ttl: Duration?) -> [PostgresValue] {
    [
      .text(claim.restaurantID), .text(claim.table), .raw(claim.kind), .time(claim.window.start),
      .time(claim.window.end), .text(claim.bookingID), .text(claim.groupID),
      ttl == nil ? .time(claim.expiresAt) : .null, .text(claim.note), ttl.map(PostgresValue.duration) ?? .null,
    ]
  }

  /// Reads ``columns``.
  static func claim(_ row: PostgresRow) throws(StoreError) -> Claim {
    Claim(
      restaurantID: row.id(0), table: row.id(1), kind: try row.raw(2), window: row.window(3),
      bookingID: row.optionalID(5), groupID: row.optionalText(6), expiresAt: row.optionalTime(7),
      note: row.optionalText(8))
  }
}
