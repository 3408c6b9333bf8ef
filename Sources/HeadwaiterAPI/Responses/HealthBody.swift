/// How the last 24 hours went, in one word.
public enum HealthVerdict: String, Codable, Sendable, CaseIterable {
  case healthy = "HEALTHY"
  case warning = "WARNING"
  case critical = "CRITICAL"
}

/// The health check over the bookings of the last 24 hours, walk-ins left out. The judge is the query `health` of the
/// catalogue.
public struct HealthBody: Codable, Sendable, Hashable {
  public var verdict: HealthVerdict
  /// What keeps it from being healthy; empty if nothing does.
  public var reasons: [String]
  public var bookings: Int
  /// Those whose automatic work has ended, in whatever way; what follows is of them.
  public var ended: Int
  public var confirmed: Int
  /// Ever given to a person by the pipeline.
  public var reviewed: Int
  /// Failed for other reasons than capacity.
  public var failed: Int
  /// Refused by the checks of capacity: the house is closed then, has no such table, or takes no more; in no rate.
  public var refused: Int
  /// Found no table free; in no rate.
  public var fullHouse: Int
  /// Made before the program stored what rates are about; in no rate.
  public var unknown: Int
  /// What rates are of: ended, by automation, not cancelled or changed meanwhile, and there was a table.
  public var eligible: Int
  public var errors: Int
  /// Past the deadline of their state, now or within the 24 hours.
  public var stuck: Int
  /// Confirmed of the eligible, 0…1; absent if there are none.
  public var confirmationRate: Double?
  /// Ever in review, of the eligible.
  public var reviewRate: Double?
  /// With an error of the system, of the eligible.
  public var errorRate: Double?
  /// Confirmed of all bookings.
  public var rawConfirmationRate: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case verdict, reasons, bookings, ended, confirmed, reviewed, failed, refused
    case fullHouse = "full_house"
    case unknown, eligible, errors, stuck
    case confirmationRate = "confirmation_rate"
    case reviewRate = "review_rate"
    case errorRate = "error_rate"
    case rawConfirmationRate = "raw_confirmation_rate"
  }

  /// - Parameters:
  ///   - count: a figure by the name of its column in the query.
  ///   - percent: a rate in percent by the name of its column; nil if it is of nothing.
  public init(
    verdict: HealthVerdict, reasons: [String], count: (String) -> Int, percent: (String) -> Double?
  ) {
    self.verdict = verdict
    self.reasons = reasons
    bookings = count("bookings")
    ended = count("ended")
    confirmed = count("confirmed")
    reviewed = count("reviewed")
    failed = count("failed")
    refused = count("refused")
    fullHouse = count("full_house")
    unknown = count("unknown")
    eligible = count("eligible")
    errors = count("errors")
    stuck = count("stuck")
    confirmationRate = percent("confirmation_percent").map(HealthBody.share)
    reviewRate = percent("review_percent").map(HealthBody.share)
    errorRate = percent("error_percent").map(HealthBody.share)
    rawConfirmationRate = percent("raw_confirmation_percent").map(HealthBody.share)
  }

  /// With the four decimals that the percentage has.
  private static func share(_ percent: Double) -> Double { (percent * 100).rounded() / 10_000 }
}
