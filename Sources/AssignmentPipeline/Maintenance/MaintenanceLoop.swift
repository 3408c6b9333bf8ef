import AssignmentStore
import BookingDomain
import Logging
public import ServiceLifecycle

/// A service that does one small thing again and again.
///
/// ``runOnce()`` is the whole of it; tests call it directly.
public protocol MaintenanceService: Service, CustomStringConvertible {
  var name: String { get }
  var interval: Duration { get }
  var environment: PipelineEnvironment { get }
  func runOnce() async throws
}

extension MaintenanceService {
  /// Of its log lines.
  var label: String { "maintenance.\(name)" }
  /// Its name, and nothing of what it works with: whoever runs services logs them.
  public var description: String { label }

  /// Runs until graceful shutdown. A failure is logged and tried again at the next turn; it never ends the service.
  public func run() async throws {
    environment.metrics.maintenanceBegins(name)
    var complaints = Complaints()
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      await takeTurn(&complaints)
      await cancelWhenGracefulShutdown { [interval] in try? await Task.sleep(for: interval) }
    }
  }

  /// One turn, with what fails in it logged.
  func takeTurn(_ complaints: inout Complaints) async {
    do {
      try await runOnce()
      complaints.end()
    } catch {
      environment.metrics.maintenanceFailed(name)
      guard complaints.mayTell("\(type(of: error)) \(error)", at: environment.monotonic.now) else { return }
      environment.logger.tell(error, source: label)
    }
  }
}

/// Keeps a service that fails at every turn from filling the log: the same failure is told once in ten seconds.
struct Complaints {
  static let pause = Duration.seconds(10)

  private var last: (failure: String, at: ContinuousClock.Instant)?

  /// Whether a failure is to be logged now.
  mutating func mayTell(_ failure: String, at now: ContinuousClock.Instant) -> Bool {
    if let last, last.failure == failure, last.at.duration(to: now) < Complaints.pause { return false }
    last = (failure, now)
    return true
  }

  /// The service is well again: its next failure is news.
  mutating func end() { last = nil }
}
