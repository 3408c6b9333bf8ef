public import AssignmentStore
public import BookingDomain
import SeatingEngine

/// Checks what must never happen (product specification §4): what the database can see, and what only the floor knows.
public struct InvariantChecker: Sendable {
  private let environment: PipelineEnvironment
  private static let page = 1_000

  public init(environment: PipelineEnvironment) { self.environment = environment }

  public func report(_ restaurant: RestaurantID) async throws(StoreError) -> InvariantReport {
    var report = try await environment.store.checkInvariants(restaurant: restaurant)
    guard let context = try await environment.restaurants.fresh(restaurant) else { return report }
    var query = BookingQuery()
    query.restaurantID = restaurant
    query.states = [.confirmed]
    query.limit = InvariantChecker.page
    var bookings: [Booking]
    repeat {
      bookings = try await environment.store.bookings(query)
      report.impossibleCombinations += bookings.count { isImpossible($0, on: context.floor) }
      query.after = bookings.last?.id
    } while bookings.count == InvariantChecker.page
    return report
  }

  /// Across zones, of fixed tables, or not connected.
  private func isImpossible(_ booking: Booking, on floor: CompiledFloor) -> Bool {
    guard booking.tables.count > 1 else { return false }
    do throws(TableChoiceError) {
      try floor.check(tables: booking.tables, party: booking.party)
      return false
    } catch {
      switch error {
      case .differentZones, .fixedTable, .notConnected, .tooManyTables: return true
      default: return false
      }
    }
  }
}
