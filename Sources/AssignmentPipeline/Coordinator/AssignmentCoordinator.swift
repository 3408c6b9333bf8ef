public import AssignmentStore
import BookingDomain

/// The V3 pipeline: takes one booking from wherever it is to confirmed, review, failed, or a stored wait
/// (product specification §3).
public struct AssignmentCoordinator: Sendable {
  private let shell: ProcessingShell
  private let planner: V3Planner

  public init(environment: PipelineEnvironment, locks: LockManager) {
    shell = ProcessingShell(environment: environment, locks: locks)
    planner = V3Planner(limit: environment.settings.plansPerSnapshot)
  }

  /// One try for a booking that has a job. Never throws: what went wrong is the outcome, and is stored where storage lets it.
  public func processBooking(_ job: Job) async -> Outcome { await processBooking(job, shell.environment.flags()) }

  /// - Parameter flags: those by which the flow was decided.
  func processBooking(_ job: Job, _ flags: FeatureFlags) async -> Outcome {
    guard flags.flow(for: job.restaurantID) == .v3 else { return .noop(reason: .pipelineDisabled) }
    return await shell.run(job, flags: flags, planner: planner)
  }
}
