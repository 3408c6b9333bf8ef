import AssignmentStore
import BookingDomain
import GRDB

extension UnitWriter {
  func releaseClaims() throws {
    for release in unit.releases {
      switch release {
      case .allocations(let booking):
        try session.run("DELETE FROM table_claims WHERE booking_id = ?", [.text(booking)])
      case .hold(let id): try deleteHold(id)
      case .block(let id):
        try session.run("DELETE FROM table_claims WHERE group_id = ? AND kind = 'block'", [.text(id)])
      case .holds(let restaurant, let table, let window):
        for id in try holds(restaurant, table, overlapping: window) { try deleteHold(id) }
      }
    }
  }

  func resizeClaims() throws {
    for resize in unit.resizes {
      let claims = try session.all(ClaimSQL.ofBooking, [.text(resize.bookingID)]) { row in
        (id: row.int64(0), claim: try ClaimSQL.claim(row, from: 1))
      }
      for (id, claim) in claims.sorted(by: { $0.claim.table < $1.claim.table }) {
        var claim = claim
        claim.window = resize.window
        try deleteDeadHolds(under: claim)
        try refusingOverlap(of: claim) {
          try session.run(
            "UPDATE table_claims SET window_start = ?, window_end = ? WHERE id = ?",
            [.time(resize.window.start), .time(resize.window.end), .int(id)])
        }
      }
    }
  }

  /// In order of restaurant and table, as everything that is taken.
  func insertClaims() throws {
    for claim in unit.claims.sorted(by: Claim.precedes) {
      var claim = claim
      if claim.kind == .hold, let hold = unit.newHold, hold.hold.id == claim.groupID {
        claim.expiresAt = now.adding(hold.ttl)
      }
      try deleteDeadHolds(under: claim)
      try refusingOverlap(of: claim) { try session.run(ClaimSQL.insert, ClaimSQL.values(claim)) }
    }
  }

  /// Each table's row must still be live, by the database's clock.
  func convertHold() throws {
    guard let conversion = unit.holdConversion else { return }
    for table in conversion.tables.sorted() {
      let converted = try session.run(
        HoldSQL.converted, [.text(conversion.bookingID), .text(conversion.holdID), .text(table), .time(now)])
      guard converted == 1 else { throw StoreError.holdExpired(conversion.holdID) }
    }
    try deleteHold(conversion.holdID)
  }

  /// A hold's claims and its header.
  private func deleteHold(_ id: String) throws {
    try session.run("DELETE FROM table_claims WHERE group_id = ? AND kind = 'hold'", [.text(id)])
    try session.run("DELETE FROM holds WHERE id = ?", [.text(id)])
  }

  /// A hold that loses one table is of no use with the others: the whole of it goes.
  private func holds(
    _ restaurant: RestaurantID, _ table: TableNumber, overlapping window: TimeWindow
  ) throws -> [String] {
    try session.all(
      ClaimSQL.holdsUnder, [.text(restaurant), .text(table), .time(window.end), .time(window.start)]
    ) { $0.text(0) }
  }

  private func deleteDeadHolds(under claim: Claim) throws {
    try session.run(
      ClaimSQL.deleteDead,
      [
        .text(claim.restaurantID), .text(claim.table), .time(claim.window.end), .time(claim.window.start), .time(now),
      ])
  }

  private func refusingOverlap(of claim: Claim, _ body: () throws -> Int) throws {
    do {
      _ = try body()
    } catch let error as DatabaseError where error.isTakenTable {
      throw StoreError.claimConflict(
        ClaimConflict(restaurantID: claim.restaurantID, table: claim.table, window: claim.window))
    }
  }
}

extension Claim {
  fileprivate static func precedes(_ lhs: Claim, _ rhs: Claim) -> Bool {
    if lhs.restaurantID != rhs.restaurantID { return lhs.restaurantID < rhs.restaurantID }
    if lhs.table != rhs.table { return lhs.table < rhs.table }
    return lhs.window.start < rhs.window.start
  }
}
