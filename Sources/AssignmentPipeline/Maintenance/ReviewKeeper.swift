import AssignmentStore
import BookingDomain
import Logging

/// Manual review has an end: declines, with a notice, what no person has decided in time (product specification §2).
public struct ReviewKeeper: MaintenanceService {
  public let name = "review_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(5)
  /// Bookings declined in one turn.
  private static let batch = 100

  private let machine: BookingStateMachine

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    machine = BookingStateMachine(logger: environment.logger)
  }

  public func runOnce() async throws {
    var query = BookingQuery()
    query.states = [.manualReview]
    query.reviewDeadlineBefore = environment.businessClock.now(for: nil)
    query.order = .byUrgency
    query.limit = ReviewKeeper.batch
    for booking in try await environment.store.bookings(query) { try await decline(booking) }
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
    environment.outboxSignal.wake()
  }
}
