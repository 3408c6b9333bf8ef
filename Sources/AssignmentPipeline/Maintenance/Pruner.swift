import AssignmentStore

/// Deletes outbox rows after a day and idempotency records after their 24 hours, in small batches.
public struct Pruner: MaintenanceService {
  public let name = "pruner"
  public let environment: PipelineEnvironment
  public let interval = Duration.seconds(60)
  private static let batch = 1_000

  public init(environment: PipelineEnvironment) { self.environment = environment }

  public func runOnce() async throws {
    let day = Duration.seconds(86_400)
    while try await environment.store.prune(outboxOlderThan: day, idempotencyOlderThan: day, limit: Pruner.batch)
      >= Pruner.batch
    {}
  }
}
