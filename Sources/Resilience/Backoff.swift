/// How long to wait before try n + 1 (product specification §3): min(30 s, 1 s · 2ⁿ) plus up to 1 s of jitter.
public struct Backoff: Sendable, Hashable {
  /// Delay before the first retry; 1 second unless set.
  public var base: Duration
  /// The delay grows no further than this; 30 seconds unless set.
  public var limit: Duration
  /// Upper end of what is added at random, so that many do not come back at once; 1 second unless set.
  public var jitter: Duration

  public init(base: Duration = .seconds(1), limit: Duration = .seconds(30), jitter: Duration = .seconds(1)) {
    self.base = base
    self.limit = limit
    self.jitter = jitter
  }

  /// - Parameters:
  ///   - retries: retries so far, from 0.
  ///   - random: uniform in 0…1; injected.
  public func delay(retries: Int, random: Double) -> Duration {
    let doublings = min(max(retries, 0), 30)
    let grown = base * (1 << doublings)
    return min(limit, grown) + jitter * min(max(random, 0), 1)
  }
}
