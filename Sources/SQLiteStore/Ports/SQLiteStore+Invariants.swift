public import AssignmentStore
public import BookingDomain
import GRDB

extension SQLiteStore {
  public func checkInvariants(restaurant: RestaurantID?) async throws(StoreError) -> InvariantReport {
    let now = clock.now()
    var (report, parties) = try await read { session in
      let filter: [DatabaseValue] = [.text(restaurant)]
      var report = InvariantReport()
      report.overlappingClaims =
        try session.count(InvariantSQL.overlappingParties, filter)
        + session.count(InvariantSQL.partiesUnderBlocks, filter)
      report.confirmedWithoutTables = try session.count(InvariantSQL.confirmedWithoutTables, filter)
      report.historyGaps = try session.count(InvariantSQL.historyGaps, filter)
      report.duplicateNotices = try session.count(InvariantSQL.duplicateNotices, filter)
      report.missingNotices = try session.count(InvariantSQL.missingNotices, filter)
      report.lostBookings = try session.count(InvariantSQL.lostBookings, filter)
      return (report, try session.all(InvariantSQL.seatedParties, filter, SeatedParty.init))
    }
    for (id, seated) in Dictionary(grouping: parties, by: \.restaurantID) {
      guard let floor = try await self.restaurant(id)?.restaurant.floor else { continue }
      report.confirmedWithTooFewSeats += seated.count { $0.hasTooFewSeats(on: floor, now: now) }
    }
    return report
  }
}

/// A confirmed party and its tables.
private struct SeatedParty: Sendable {
  var restaurantID: RestaurantID
  var party: Int
  /// A guest's booking that a host has not moved: extra chairs are not for it.
  var mayNotUseExtraChairs: Bool
  var tables: [TableNumber]
  var end: Timestamp

  init(_ row: Row) throws {
    restaurantID = row.id(0)
    party = row.int(1)
    mayNotUseExtraChairs = row.int(2) == 1
    tables = try row.tables(3)
    end = row.time(4)
  }

  /// Tables that are no longer on the floor say nothing about a past evening.
  func hasTooFewSeats(on floor: FloorPlan, now: Timestamp) -> Bool {
    let known = tables.compactMap(floor.table)
    guard known.count == tables.count else { return end > now }
    let seats = known.reduce(0) { $0 + $1.capacity }
    let single = known.count == 1 && !mayNotUseExtraChairs ? known[0].largestParty(extraChairs: true) : 0
    let named = floor.combinations.first { Set($0.tables) == Set(tables) }?.maxParty ?? 0
    return party > max(seats, single, named)
  }
}
