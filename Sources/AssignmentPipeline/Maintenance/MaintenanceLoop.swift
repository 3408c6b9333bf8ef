import AssignmentStore
import BookingDomain
import Logging
public import ServiceLifecycle

/// A service that does one small thing again and again.
///
/// ``runOnce()`` is the whole of it; tests call it directly.
public protocol MaintenanceService: Service {
  var name: String { get }
  var interval: Duration { get }
  var environment: PipelineEnvironment { get }
  func runOnce() async throws
}

extension MaintenanceService {
  /// Runs until graceful shutdown. A failure is logged and tried again at the next turn; it never ends the service.
  public func run() async throws {
    environment.metrics.maintenanceBegins(name)
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      do { try await runOnce() } catch {
        environment.metrics.maintenanceFailed(name)
        environment.logger.warning("[maintenance.\(name)] \(error)")
      }
      await cancelWhenGracefulShutdown { [interval] in try? await Task.sleep(for: interval) }
    }
  }
}
