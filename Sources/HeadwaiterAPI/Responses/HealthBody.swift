/// How the last 24 hours went, in one word.
public enum HealthVerdict: String, Codable, Sendable, CaseIterable {
  case healthy = "HEALTHY"
  case warning = "WARNING"
  case critical = "CRITICAL"
}

/// The health check over the bookings of the last 24 hours.
public struct HealthBody: Codable, Sendable, Hashable {
  public var verdict: HealthVerdict
  /// What keeps it from being healthy; empty if nothing does.
  public var reasons: [String]
  /// Without those that ``refused`` counts.
  public var bookings: Int
  public var confirmed: Int
  public var inReview: Int
  /// Failed for other reasons than capacity.
  public var failed: Int
  /// Refused by the checks of capacity: the house is closed then, has no such table, or takes no more; in no rate.
  public var refused: Int
  public var errors: Int
  /// Now.
  public var stuck: Int
  /// Confirmed of those whose automatic work has ended; absent if none has.
  public var confirmationRate: Double?
  /// In review, of the same; absent if there are none.
  public var reviewRate: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case verdict, reasons, bookings, confirmed
    case inReview = "in_review"
    case failed, refused, errors, stuck
    case confirmationRate = "confirmation_rate"
    case reviewRate = "review_rate"
  }

  /// Judges by the rule of product specification §10: `HEALTHY` from 95 % confirmed, under 10 % in review, none stuck and
  /// no error; `CRITICAL` under 90 % confirmed, or more than 10 errors that are 1 % or more of the bookings; else `WARNING`.
  public init(
    bookings: Int, confirmed: Int, inReview: Int, failed: Int, refused: Int = 0, errors: Int, stuck: Int
  ) {
    self.bookings = bookings
    self.confirmed = confirmed
    self.inReview = inReview
    self.failed = failed
    self.refused = refused
    self.errors = errors
    self.stuck = stuck
    let ended = confirmed + inReview + failed
    confirmationRate = ended > 0 ? Double(confirmed) / Double(ended) : nil
    reviewRate = ended > 0 ? Double(inReview) / Double(ended) : nil
    reasons = []
    verdict = .healthy
    let isCritical = (confirmationRate ?? 1) < 0.9 || (errors > 10 && errors * 100 >= bookings)
    reasons = findings()
    verdict = isCritical ? .critical : reasons.isEmpty ? .healthy : .warning
  }

  private func findings() -> [String] {
    var list: [String] = []
    if bookings == 0 { list.append(refused == 0 ? "no bookings in 24 h" : "only refused bookings in 24 h") }
    if bookings > 0, confirmationRate == nil { list.append("no booking has ended yet") }
    if let rate = confirmationRate, rate < 0.95 { list.append("confirmation \(percent(rate)), below 95 %") }
    if let rate = reviewRate, rate >= 0.1 { list.append("review \(percent(rate)), not below 10 %") }
    if stuck > 0 { list.append("\(stuck) stuck") }
    if errors > 0 { list.append("\(errors) errors in 24 h") }
    return list
  }

  private func percent(_ rate: Double) -> String { "\((rate * 1_000).rounded() / 10) %" }
}
