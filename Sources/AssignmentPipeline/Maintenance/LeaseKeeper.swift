import AssignmentStore
import BookingDomain

/// Extends the leases of this process, so that a long job is never run twice.
public struct LeaseKeeper: MaintenanceService {
  public let name = "lease_keeper"
  public let environment: PipelineEnvironment
  private let locks: LockManager

  public init(environment: PipelineEnvironment, locks: LockManager) {
    self.environment = environment
    self.locks = locks
  }

  public var interval: Duration { environment.settings.heartbeat }

  public func runOnce() async throws { try await locks.extendAll() }
}
