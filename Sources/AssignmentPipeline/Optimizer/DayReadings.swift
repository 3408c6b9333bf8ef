import AssignmentStore
import BookingDomain
import Resilience

/// Service dates as one answer reads them, each once.
final class DayReadings: Sendable {
  /// Who would move the bookings.
  enum Mover: Sendable { case person, automatic }

  private struct Key: Hashable {
    var day: RestaurantDay
    var mover: Mover
  }

  private let ledger: DeskLedger
  private let known = Locked([Key: DayReading?]())

  init(ledger: DeskLedger) { self.ledger = ledger }

  /// - Returns: nil where nobody may be moved without a person.
  func reading(
    _ context: RestaurantContext, on date: LocalDate, for mover: Mover
  ) async throws(DeskError) -> DayReading? {
    let key = Key(day: RestaurantDay(context.restaurant.id, date), mover: mover)
    if let reading = known.withLock({ $0[key] }) { return reading }
    let environment = ledger.environment
    let reading = try await ledger.read { _ async throws(StoreError) -> DayReading? in
      switch mover {
      case .person: try await LiveDayReader(environment: environment).read(context, on: date)
      case .automatic: try await RoomFinder(environment: environment).reading(context, on: date)
      }
    }
    known.withLock { $0[key] = .some(reading) }
    return reading
  }
}
