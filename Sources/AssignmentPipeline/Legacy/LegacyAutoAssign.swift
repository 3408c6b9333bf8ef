public import AssignmentStore
import BookingDomain

/// The older flow, kept whole as fallback and baseline: a second planner in the same shell (product specification §7).
public struct LegacyAutoAssign: Sendable {
  private let shell: ProcessingShell
  private let planner: LegacyFlowPlanner

  public init(environment: PipelineEnvironment, locks: LockManager) {
    shell = ProcessingShell(environment: environment, locks: locks)
    planner = LegacyFlowPlanner(waits: environment.settings.legacyWaits)
  }

  /// One turn of the loop for a booking that has a job.
  public func processBooking(_ job: Job) async -> Outcome { await processBooking(job, shell.environment.flags()) }

  /// - Parameter flags: those by which the flow was decided.
  func processBooking(_ job: Job, _ flags: FeatureFlags) async -> Outcome {
    await shell.run(job, flags: flags, planner: planner)
  }
}
