import AssignmentStore

/// Deletes dead holds. They are dead without it; this only keeps the table small.
public struct HoldReaper: MaintenanceService {
  public let name = "hold_reaper"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(10)

  public init(environment: PipelineEnvironment) { self.environment = environment }

  public func runOnce() async throws {
    while try await environment.store.reapDeadHolds(limit: 500) == 500 {}
  }
}
