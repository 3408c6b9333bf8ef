public import AssignmentStore
public import BookingDomain
import GRDB
import StoreFoundation

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

extension SeatedParty {
  fileprivate init(_ row: Row) throws {
    self.init(
      restaurantID: row.id(0), party: row.int(1), mayNotUseExtraChairs: row.int(2) == 1, tables: try row.tables(3),
      end: row.time(4))
  }
}
