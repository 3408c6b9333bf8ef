import AssignmentStore
import BookingDomain
import Logging

/// Takes a booking from the pipeline, whoever works on it, and gives it to a person.
struct ReviewHandOver: Sendable {
  let environment: PipelineEnvironment
  private let machine: BookingStateMachine

  init(environment: PipelineEnvironment) {
    self.environment = environment
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
  }

  /// - Parameters:
  ///   - cause: why the state changes.
  ///   - reason: what the person is told.
  ///   - event: the reason in the event, where it is another.
  func give(
    _ booking: Booking, cause: TransitionCause, reason: OutcomeReason, event: OutcomeReason
  ) async throws {
    let context = try await environment.restaurants.context(booking.restaurantID)
    var mutation = BookingMutation(booking)
    try mutation.transition(
      to: .manualReview, cause: cause, reason: reason,
      context: ChangeContext(
        actor: .pipeline, actorName: environment.instance, mode: booking.flow == .legacy ? .legacy : .v3,
        at: environment.clock.now()))
    mutation.edit {
      $0.reviewDeadline = context.flatMap {
        environment.reviewTimes(of: booking, policy: $0.restaurant.review).declineAt
      }
    }
    var unit = WriteUnit(label: "maintenance.review")
    unit.takeOver = [booking.id]
    unit.events = [told(event, booking).traced(booking.trace)]
    unit.notices = [environment.notice(.needsReview, mutation.booking)]
    unit.jobs = [.finish(booking.id)]
    machine.add(mutation, flow: booking.flow, to: &unit)
    try await environment.store.commit(unit)
    machine.log(mutation)
    environment.metrics.count(
      .manualReview, event, flow: booking.flow ?? environment.flags().flow(for: booking.restaurantID),
      restaurant: booking.restaurantID)
    environment.metrics.decided(mutation.booking, at: environment.clock.now())
    environment.progress.publish(mutation.booking)
    environment.outboxSignal.wake()
  }

  private func told(_ reason: OutcomeReason, _ booking: Booking) -> ObservabilityEvent {
    ObservabilityEvent(
      .coordinator, "coordinator.manual_review", severity: .warning, restaurantID: booking.restaurantID,
      bookingID: booking.id, context: ["reason": .string(reason.rawValue)], at: environment.clock.now())
  }
}
