import AssignmentStore
import BookingDomain
import Logging
import ServiceLifecycle

/// Deletes what has been kept long enough, by the settings' ``Retention``, and leases that have ended.
public struct Pruner: MaintenanceService {
  public let name = "pruner"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(60)
  private let sweep: RetentionSweep

  /// - Parameter breath: between two transactions; 20 milliseconds unless set.
  public init(environment: PipelineEnvironment, breath: Duration = .milliseconds(20)) {
    self.environment = environment
    sweep = RetentionSweep(store: environment.store, breath: breath)
  }

  public func runOnce() async throws {
    let plan = RetentionSweep.Plan(environment.settings.retention, now: try await environment.store.storeNow())
    // A sweep may be long, after a day without any; a process that ends does not wait for it.
    let tally = try await cancelWhenGracefulShutdown { [sweep] in try await sweep.run(plan) }
    if tally.values.contains(where: { $0 > 0 }) {
      environment.logger.info(
        "pruned", metadata: Dictionary(uniqueKeysWithValues: tally.map { ($0.key.rawValue, "\($0.value)") }),
        source: label)
    }
    while try await environment.store.pruneEnded(limit: RetentionSweep.batch) >= RetentionSweep.batch {}
  }
}
