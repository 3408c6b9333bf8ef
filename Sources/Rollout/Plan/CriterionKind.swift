/// What a gate looks at; the raw values name criteria in the rollout file.
public enum CriterionKind: String, Sendable, Codable, CaseIterable {
  /// Eligible confirmed by the flow ÷ eligible ended: at least so many percent.
  case confirmation
  /// Eligible ever in review ÷ the same: below so many percent.
  case review
  /// Eligible with an error ÷ the same: below so many percent.
  case errorRate = "error_rate"
  /// Eligible with an error: at most so many.
  case errors
  /// V3's share of full-house bookings less legacy's: at most so many points.
  case fullHouse = "full_house"
  /// V3's success on the same bookings: not below legacy's by more than so many points.
  case notWorseThanLegacy = "not_worse_than_legacy"
  /// V3's confirmation: not below that of the phase before by more than so many points, and not surely below it.
  case notWorseThanBefore = "not_worse_than_before"
  /// Incidents P0 and P1: at most so many.
  case incidents
  /// Decided bookings with all their events in the right mode and as the history has them: at least so many percent.
  case events
  /// The longest time that a breaker was open: at most so many seconds.
  case breakerOpen = "breaker_open"
  /// Bookings past their state's deadline: at most so many.
  case stuck
  /// Duplicate notices: at most so many.
  case duplicateNotices = "duplicate_notices"
  /// 95th percentile from creation to end: below so many milliseconds.
  case latency = "latency_p95"
  /// 95th percentile of waits for the booking's lease: below so many milliseconds.
  case lockWait = "lock_p95"
  /// A rollback drill in this run: recovery below so many seconds.
  case drill
  /// So many days, each with its own rates within the limits of ``confirmation``, ``review`` and ``errorRate``.
  case everyDay = "every_day"

  public enum Unit: String, Sendable, Codable { case percent, points, count, seconds, milliseconds, days }

  /// Unit of limit, value and bound.
  public var unit: Unit {
    switch self {
    case .confirmation, .review, .errorRate, .events: .percent
    case .fullHouse, .notWorseThanLegacy, .notWorseThanBefore: .points
    case .errors, .incidents, .stuck, .duplicateNotices: .count
    case .breakerOpen, .drill: .seconds
    case .latency, .lockWait: .milliseconds
    case .everyDay: .days
    }
  }

  /// Limits that a file may set. A rate's limit leaves room on both sides, else nothing could pass or fail.
  public var limits: ClosedRange<Double> {
    switch unit {
    case .percent: 0.01...99.99
    case .points: 0.1...50
    case .count: 0...1_000_000
    case .seconds: 1...86_400
    case .milliseconds: 1...600_000
    case .days: 1...90
    }
  }
}

/// A criterion with its limit, in the unit of its kind.
public struct CriterionRule: Sendable, Hashable, Codable {
  public var kind: CriterionKind
  public var limit: Double

  public init(_ kind: CriterionKind, _ limit: Double) {
    self.kind = kind
    self.limit = limit
  }
}
