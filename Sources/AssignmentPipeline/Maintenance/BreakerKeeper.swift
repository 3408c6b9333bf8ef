import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// Holds this process's circuit breakers to what people have decided for all instances. Every process runs one: while
/// storage cannot be read, breakers stay as they are.
public final class BreakerKeeper: MaintenanceService {
  public let name = "breaker_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.milliseconds(500)

  /// What this service has forced, and lets go of when nobody wants it any more.
  private let forced = Locked([BreakerBoard.Dependency: CircuitPosition]())

  public init(environment: PipelineEnvironment) { self.environment = environment }

  public func runOnce() async throws {
    var wanted: [BreakerBoard.Dependency: BreakerOverride] = [:]
    for override in try await environment.store.breakerOverrides() {
      if let dependency = BreakerBoard.Dependency(override.name) { wanted[dependency] = override }
    }
    let now = environment.clock.now()
    for (dependency, override) in wanted {
      let ago = max(.zero, now.since(override.at))
      environment.breakers[dependency].force(CircuitPosition(override.position), ago: ago)
    }
    let positions = wanted.mapValues { CircuitPosition($0.position) }
    let before = forced.withLock { forced in
      defer { forced = positions }
      return forced
    }
    for dependency in before.keys where positions[dependency] == nil { environment.breakers[dependency].force(nil) }
    tell(of: positions, before: before)
  }

  private func tell(
    of now: [BreakerBoard.Dependency: CircuitPosition], before: [BreakerBoard.Dependency: CircuitPosition]
  ) {
    for dependency in Set(now.keys).union(before.keys) where now[dependency] != before[dependency] {
      let position = now[dependency].map { "forced \($0.rawValue)" } ?? "automatic again"
      environment.logger.warning("\(dependency) is \(position)", source: "breakers")
    }
  }
}

extension CircuitPosition {
  init(_ position: BreakerOverride.Position) {
    switch position {
    case .open: self = .open
    case .closed: self = .closed
    }
  }
}
