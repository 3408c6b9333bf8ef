public import BookingDomain
public import Resilience

/// One circuit breaker for each dependency, so that one sick part does not stop the rest.
public final class BreakerBoard: Sendable {
  public typealias Breaker = CircuitBreaker<SteadyClock>

  /// What a breaker guards.
  public enum Dependency: Hashable, Sendable, CustomStringConvertible {
    case storage
    case engine(RestaurantID)
    case notifier(String)

    public var description: String {
      switch self {
      case .storage: "storage"
      case .engine(let restaurant): "engine:\(restaurant)"
      case .notifier(let name): "notifier:\(name)"
      }
    }
  }

  private let settings: CircuitBreakerSettings
  private let clock: SteadyClock
  private let breakers = Locked([Dependency: Breaker]())

  public init(settings: CircuitBreakerSettings = CircuitBreakerSettings(), clock: SteadyClock = SteadyClock()) {
    self.settings = settings
    self.clock = clock
  }

  public subscript(_ dependency: Dependency) -> Breaker {
    let (settings, clock) = (settings, clock)
    return breakers.withLock { breakers in
      if let breaker = breakers[dependency] { return breaker }
      let breaker = Breaker(clock: clock, settings: settings)
      breakers[dependency] = breaker
      return breaker
    }
  }

  /// Positions of all breakers that were ever asked.
  public var positions: [Dependency: CircuitPosition] {
    breakers.withLock { $0 }.mapValues(\.position)
  }
}
