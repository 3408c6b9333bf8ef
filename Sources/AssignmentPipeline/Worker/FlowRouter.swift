public import AssignmentStore
import BookingDomain
import Logging

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
    let flags = environment.flags()
    let flow = flags.flow(for: job.restaurantID)
    let outcome =
      if flags.isPaused(job.restaurantID) {
        await pause(job)
      } else {
        switch flow {
        case .v3: await coordinator.processBooking(job, flags)
        case .legacy: await legacy.processBooking(job, flags)
        }
      }
    environment.metrics.count(outcome, flow: flow, restaurant: job.restaurantID)
    return outcome
  }

  /// The booking waits until a person lets the restaurant go on; its deadline stands still.
  private func pause(_ job: Job) async -> Outcome {
    let store = environment.store
    do {
      if let lease = job.lease {
        let fence = Fence(name: lease.name, token: lease.token)
        var unit = WriteUnit(label: "worker.pause")
        unit.fences = [fence]
        unit.jobs = [.park(job.bookingID)]
        unit.releaseLeases = [fence]
        try await store.commit(unit)
      } else {
        // Someone else still works on it.
        try await store.returnJob(job.bookingID, owner: environment.instance, after: .seconds(1))
      }
    } catch {
      // It comes back when its claim runs out.
      environment.logger.tell(
        error, "not parked", metadata: ["booking_id": "\(job.bookingID)"], source: "assignment.worker")
    }
    return .noop(reason: .restaurantPaused)
  }
}
