public import AssignmentStore
import BookingDomain

/// Decides at each try which flow a booking takes.
public struct FlowRouter: Sendable {
  private let environment: PipelineEnvironment
  private let coordinator: AssignmentCoordinator
  private let legacy: LegacyAutoAssign

  public init(environment: PipelineEnvironment, locks: LockManager) {
    self.environment = environment
    coordinator = AssignmentCoordinator(environment: environment, locks: locks)
    legacy = LegacyAutoAssign(environment: environment, locks: locks)
  }

  public func process(_ job: Job) async -> Outcome {
    let flow = environment.flags().flow
    let outcome =
      switch flow {
      case .v3: await coordinator.processBooking(job)
      case .legacy: await legacy.processBooking(job)
      }
    environment.metrics.count(outcome, flow: flow, restaurant: job.restaurantID)
    return outcome
  }
}
