public import AssignmentStore
public import BookingDomain

/// What came of a replay, for all bookings or for those of one restaurant.
public struct ReplayTally: Sendable, Hashable {
  public var bookings = 0
  public var confirmed = 0
  public var manualReview = 0
  public var failed = 0
  /// Bookings whose automatic work has not ended.
  public var unfinished = 0
  /// Guests of the confirmed bookings.
  public var covers = 0
  /// Why bookings were not confirmed.
  public var reasons: [String: Int] = [:]
  public var invariants = InvariantReport()
  /// From the booking's creation to the end of its automatic work, of the confirmed ones.
  public var latency = LatencySummary([])

  public init() {}

  public var invariantViolations: Int { invariants.total }
}

/// A replay's result.
public struct ReplayReport: Sendable {
  public var flow: AssignmentFlow
  public var total: ReplayTally
  public var restaurants: [RestaurantID: ReplayTally]
  public var elapsed: Duration
  /// Nil where V3 did not look on.
  public var shadow: ShadowTally?

  /// Every booking ended and no invariant broke.
  public var isSound: Bool { total.unfinished == 0 && total.invariantViolations == 0 }
}

/// Percentiles of durations, by nearest rank.
public struct LatencySummary: Sendable, Hashable {
  public let p50: Duration
  public let p95: Duration
  public let p99: Duration
  public let count: Int

  public init(_ durations: [Duration]) {
    let sorted = durations.sorted()
    func percentile(_ share: Double) -> Duration {
      guard !sorted.isEmpty else { return .zero }
      return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }
    count = sorted.count
    p50 = percentile(0.50)
    p95 = percentile(0.95)
    p99 = percentile(0.99)
  }
}
