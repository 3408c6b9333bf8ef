import AssignmentStore
import BookingDomain
import Logging

/// Takes a booking from V3, which was switched off for its restaurant, and lets legacy go on with it (product specification
/// §7).
struct LegacyHandOver: Sendable {
  let environment: PipelineEnvironment
  private let machine: BookingStateMachine

  init(environment: PipelineEnvironment) {
    self.environment = environment
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
  }

  /// States that V3 must not leave a booking in.
  private static let states: Set<AssignmentState> = [.assignmentInProgress, .assigned]

  /// Whether V3 has a booking that it may no longer decide.
  func isNeeded(for booking: Booking) -> Bool {
    booking.flow == .v3 && Self.states.contains(booking.state)
      && environment.flags().flow(for: booking.restaurantID) == .legacy
  }

  /// The booking goes back to `assignment_pending`, with no attempt made; its lease is taken from whoever has it, with its
  /// permit. Tables that a changed booking still has stay its own.
  /// - Parameter fence: of a worker that gives it itself.
  /// - Returns: false if someone else was faster; then nothing is changed.
  func give(_ booking: Booking, under fence: Fence? = nil) async throws(StoreError) -> Bool {
    let (mutation, unit) = try draft(booking, under: fence)
    do throws(StoreError) { try await environment.store.commit(unit) } catch {
      guard case .staleVersion = error else { throw error }
      return false
    }
    machine.log(mutation)
    environment.workSignal.wake()
    environment.outboxSignal.wake()
    return true
  }

  private func draft(_ booking: Booking, under fence: Fence?) throws(StoreError) -> (BookingMutation, WriteUnit) {
    var mutation = BookingMutation(booking)
    do {
      try mutation.transition(
        to: .assignmentPending, cause: .switchedOff, reason: .pipelineDisabled,
        context: ChangeContext(
          actor: .pipeline, actorName: environment.instance, mode: .v3, at: environment.clock.now()))
    } catch { throw .invalid("\(error)") }
    mutation.edit {
      $0.attempts = 0
      $0.flow = .legacy
    }
    var unit = WriteUnit(label: "coordinator.hand_over")
    unit.fences = [fence].compactMap(\.self)
    unit.takeOver = [booking.id]
    unit.jobs = [
      .enqueue(
        booking.id, booking.restaurantID, after: .zero,
        deadline: AssignmentState.assignmentPending.deadline ?? .seconds(600), resetRetries: true)
    ]
    machine.add(mutation, flow: .v3, to: &unit)
    return (mutation, unit)
  }
}
