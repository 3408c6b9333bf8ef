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

    /// What a breaker may be called, for messages.
    public static let allowed = "storage, engine:<restaurant> or notifier:<name>"

    /// - Returns: nil for a name that no breaker has.
    public init?(_ name: String) {
      if name == "storage" {
        self = .storage
        return
      }
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      switch parts.first {
      case "engine" where parts.count == 2: self = .engine(RestaurantID(parts[1]))
      case "notifier" where parts.count == 2: self = .notifier(parts[1])
      default: return nil
      }
    }

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

  /// Every breaker that was ever asked.
  public var known: [Dependency: Breaker] { breakers.withLock { $0 } }
}
