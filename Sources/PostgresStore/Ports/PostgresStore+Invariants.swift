public import AssignmentStore
public import BookingDomain
import PostgresClient
import StoreFoundation

extension PostgresStore {
  public func checkInvariants(restaurant: RestaurantID?) async throws(StoreError) -> InvariantReport {
    var report =
      try await first(InvariantSQL.counts, [.text(restaurant)]) { row in
        var report = InvariantReport()
        report.overlappingClaims = row.int(0)
        report.confirmedWithoutTables = row.int(1)
        report.historyGaps = row.int(2)
        report.duplicateNotices = row.int(3)
        report.missingNotices = row.int(4)
        report.lostBookings = row.int(5)
        return report
      } ?? InvariantReport()
    let now = try await storeNow()
    for (id, seated) in try await seatedParties(restaurant) {
      guard let floor = try await self.restaurant(id)?.restaurant.floor else { continue }
      report.confirmedWithTooFewSeats += seated.count { $0.hasTooFewSeats(on: floor, now: now) }
    }
    return report
  }

  private func seatedParties(_ restaurant: RestaurantID?) async throws(StoreError) -> [RestaurantID: [SeatedParty]] {
    let parties = try await all(InvariantSQL.seatedParties, [.text(restaurant)]) { row in
      SeatedParty(
        restaurantID: row.id(0), party: row.int(1), mayNotUseExtraChairs: row.bool(2), tables: row.tables(3),
        end: row.time(4))
    }
    return Dictionary(grouping: parties, by: \.restaurantID)
  }
}
