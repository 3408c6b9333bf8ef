public import AssignmentPipeline
public import BookingDomain
import Resilience

/// The time of a rehearsal: stands still until it is moved, and never goes back. All clocks of the system are this one: that of
/// the wall, that of the database, and the one that waits are measured by.
public final class SimulatedClock: WallClock {
  private let time: Locked<Timestamp>
  /// What the steady clock says at the epoch.
  private let origin: ContinuousClock.Instant

  /// - Parameter start: what time it is until it is moved.
  public init(start: Timestamp) {
    time = Locked(start)
    origin = ContinuousClock.now
  }

  public func now() -> Timestamp { time.withLock { $0 } }

  /// Moves to a time; one that has passed already changes nothing.
  public func advance(to next: Timestamp) { time.withLock { $0 = max($0, next) } }

  /// Lets some time pass.
  public func pass(_ duration: Duration) { time.withLock { $0 = $0.adding(max(.zero, duration)) } }

  /// The same time as a clock to measure by.
  public var steady: SteadyClock {
    SteadyClock { [self] in origin.advanced(by: .microseconds(now().microseconds)) }
  }
}
