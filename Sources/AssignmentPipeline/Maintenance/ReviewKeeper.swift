import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// Manual review has an end (product specification §2): alerts when a booking becomes urgent, and declines, with a notice,
/// what no person has decided in time.
public final class ReviewKeeper: MaintenanceService {
  public let name = "review_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(5)
  /// Bookings looked at in one turn.
  private static let batch = 100
  /// Bookings that this process has raised an alert for; a restart raises it again.
  private let alerted = Locked(Set<BookingID>())

  private let machine: BookingStateMachine

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
  }

  public func runOnce() async throws {
    var query = BookingQuery()
    query.states = [.manualReview]
    query.reviewDeadlineBefore = environment.businessClock.now(for: nil)
    query.order = .byUrgency
    query.limit = ReviewKeeper.batch
    for booking in try await environment.store.bookings(query) { try await decline(booking) }
    query.reviewDeadlineBefore = nil
    try await alert(environment.store.bookings(query))
  }

  /// Tells once that a booking in review has become urgent.
  private func alert(_ bookings: [Booking]) async throws {
    let open = Set(bookings.map(\.id))
    alerted.withLock { $0.formIntersection(open) }
    for booking in bookings {
      guard let context = try await environment.restaurants.context(booking.restaurantID) else { continue }
      let times = environment.reviewTimes(of: booking, policy: context.restaurant.review)
      let now = environment.businessClock.now(for: booking.id)
      guard times.alertAt <= now, alerted.withLock({ $0.insert(booking.id).inserted }) else { continue }
      environment.logger.warning(
        "a booking in review is urgent", metadata: booking.logged, source: EventSource.coordinator.rawValue)
      try await environment.store.append([event(booking).traced(booking.trace)])
    }
  }

  private func event(_ booking: Booking) -> ObservabilityEvent {
    ObservabilityEvent(
      .coordinator, "coordinator.review_alert", severity: .warning, restaurantID: booking.restaurantID,
      bookingID: booking.id, context: ["reason": .string(booking.reason?.rawValue ?? "")], at: environment.clock.now())
  }

  private func decline(_ booking: Booking) async throws {
    var mutation = BookingMutation(booking)
    let mode: HistoryMode = booking.flow == .legacy ? .legacy : .v3
    try mutation.transition(
      to: .failed, cause: .reviewDeadline, reason: .reviewDeadline,
      context: ChangeContext(
        actor: .pipeline, actorName: environment.instance, mode: mode, at: environment.clock.now()))
    mutation.edit { $0.tables = [] }
    var unit = WriteUnit(label: "review.decline")
    unit.takeOver = [booking.id]
    unit.releases = [.allocations(booking.id)]
    unit.notices = [environment.notice(.declined, mutation.booking)]
    unit.jobs = [.finish(booking.id)]
    machine.add(mutation, flow: booking.flow, to: &unit)
    do throws(StoreError) { try await environment.store.commit(unit) } catch {
      // A person was faster.
      guard case .staleVersion = error else { throw error }
      return
    }
    machine.log(mutation)
    environment.metrics.count(
      .failed, .reviewDeadline, flow: mode == .legacy ? .legacy : .v3, restaurant: booking.restaurantID)
    environment.outboxSignal.wake()
  }
}
