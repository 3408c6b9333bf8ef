/// A continuous clock whose reading can be given from outside, so that what is guarded by time can be tested without it.
public struct SteadyClock: Clock {
  public typealias Instant = ContinuousClock.Instant

  private let read: @Sendable () -> Instant

  /// - Parameter read: what time it is; that of a `ContinuousClock` unless given.
  public init(read: @escaping @Sendable () -> Instant = { ContinuousClock.now }) { self.read = read }

  public var now: Instant { read() }
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// Sleeps in real time until the reading has passed the deadline.
  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    while now < deadline { try await Task.sleep(for: now.duration(to: deadline), tolerance: tolerance) }
  }
}
