/// Stops calls to a dependency that is sick, and lets a few through to see whether it has recovered.
///
/// Source: M. Nygard, "Release It!", with the numbers of product specification §3. One breaker guards one dependency.
public final class CircuitBreaker<BreakerClock: Clock>: Sendable where BreakerClock.Duration == Duration {
  public typealias State = CircuitBreakerState<BreakerClock.Instant>
  public typealias Ticket = CircuitTicket<BreakerClock.Instant>

  public let settings: CircuitBreakerSettings
  private let clock: BreakerClock
  private let machine: Locked<CircuitBreakerMachine<BreakerClock.Instant>>

  public init(clock: BreakerClock, settings: CircuitBreakerSettings = CircuitBreakerSettings()) {
    self.clock = clock
    self.settings = settings
    machine = Locked(CircuitBreakerMachine(settings: settings))
  }

  /// Asks to make a call.
  /// - Returns: a ticket to be handed back with ``finish(_:failed:)``, or how long to wait.
  public func admit() -> CircuitAdmission<BreakerClock.Instant> {
    let now = clock.now
    return machine.withLock { $0.admit(now: now) }
  }

  /// Tells how a call ended. Answers that are no failures of the dependency (no table free, back-pressure) are successes.
  /// - Parameter elsewhere: time of the call that was not the dependency's; zero unless given.
  public func finish(_ ticket: Ticket, failed: Bool, elsewhere: Duration = .zero) {
    let now = clock.now
    machine.withLock { $0.finish(ticket, failed: failed, elsewhere: elsewhere, now: now) }
  }

  /// Forces it open or closed until it is released with nil; then it goes on as it was.
  /// - Parameter ago: how long it has been forced already, elsewhere; zero unless given.
  public func force(_ position: CircuitPosition?, ago: Duration = .zero) {
    let since = clock.now.advanced(by: .zero - ago)
    machine.withLock { $0.force(position, since: since) }
  }

  /// Whether a person keeps it where it is.
  public var isForced: Bool { machine.withLock { $0.isForced } }

  public var position: CircuitPosition {
    let now = clock.now
    return machine.withLock { $0.position(now: now) }
  }

  /// How long it has been open without closing in between, by itself or by force; nil while closed.
  public var openFor: Duration? {
    let now = clock.now
    return machine.withLock { $0.openFor(now: now) }
  }
}

/// Limits of a breaker.
public struct CircuitBreakerSettings: Sendable, Hashable {
  /// Failures in a row that open it; 5.
  public var failuresInARow = 5
  /// Calls that the share is judged over; 20.
  public var window = 20
  /// It opens when more than this share of the window failed or was slow; 0.5.
  public var badShare = 0.5
  /// A call longer than this is bad; 2 seconds.
  public var slowCall = Duration.seconds(2)
  /// How long it stays open; 15 seconds.
  public var coolDown = Duration.seconds(15)
  /// Calls let through while half-open; 2.
  public var probes = 2
  /// After this time a probe that never reported counts as lost; 30 seconds.
  public var probeExpiry = Duration.seconds(30)

  public init() {}
}

/// Where a breaker stands, or is forced to.
public enum CircuitPosition: String, Sendable, Codable, CaseIterable {
  case closed, open
  case halfOpen = "half_open"
}

/// A breaker's state with what belongs to it.
public enum CircuitBreakerState<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
  case closed(failuresInARow: Int)
  case open(until: Instant)
  /// Probes under way with when they expire, and successes so far.
  case halfOpen(probes: [Int: Instant], successes: Int)
}

/// Proof of admission.
public struct CircuitTicket<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
  let startedAt: Instant
  /// Nil for an ordinary call.
  let probe: Int?

  /// Whether the call is to show that the dependency is well again.
  public var isProbe: Bool { probe != nil }
}

/// The answer to a wish to call.
public enum CircuitAdmission<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
  case admitted(CircuitTicket<Instant>)
  /// The rest of the cool-down.
  case rejected(retryAfter: Duration)
}
