public import BookingDomain
import Foundation

/// A wall clock that stands still until a test moves it.
public final class ManualClock: WallClock, @unchecked Sendable {
  /// 2026-06-01T12:00:00Z, a Monday.
  public static let start = Timestamp(seconds: 1_780_315_200)

  private let lock = NSLock()
  private var time: Timestamp

  public init(_ time: Timestamp = ManualClock.start) { self.time = time }

  public func now() -> Timestamp { lock.withLock { time } }

  /// Moves forward, or back with a negative duration.
  public func advance(by duration: Duration) { lock.withLock { time = time.adding(duration) } }

  public func set(_ time: Timestamp) { lock.withLock { self.time = time } }
}
