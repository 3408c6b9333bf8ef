import Resilience

/// A clock for waits and time-outs that stands still until a test moves it. Sleeping on it is an error of the test.
public final class ManualTicker: Clock {
  public struct Instant: InstantProtocol, Sendable {
    public var offset: Duration

    public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    public func duration(to other: Instant) -> Duration { other.offset - offset }
    public static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.offset < rhs.offset }
  }

  /// Thrown by a sleep: unit tests do not wait.
  public struct SleptInTest: Error {}

  private let elapsed = Locked(Duration.zero)

  public init() {}

  public var now: Instant { Instant(offset: elapsed.withLock { $0 }) }
  public var minimumResolution: Duration { .nanoseconds(1) }

  public func advance(by duration: Duration) { elapsed.withLock { $0 += duration } }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws { throw SleptInTest() }
}
