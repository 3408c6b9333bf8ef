/// The engine's answer: plans best first, and what was rejected and why.
public struct PlanRanking: Sendable, Hashable, Codable {
  /// Best first, up to the limit asked for.
  public var plans: [SeatingPlan]
  /// Tables and combinations that were feasible, all of them ranked.
  public var consideredCount: Int
  /// Tables and combinations that were not, by reason.
  public var rejections: [PlanRejection]

  public init(plans: [SeatingPlan], consideredCount: Int, rejections: [PlanRejection]) {
    self.plans = plans
    self.consideredCount = consideredCount
    self.rejections = rejections
  }

  public var hasFeasiblePlan: Bool { !plans.isEmpty }

  /// How many were rejected for `reason`.
  public func rejected(_ reason: PlanRejection.Reason) -> Int {
    rejections.first(where: { $0.reason == reason })?.count ?? 0
  }
}

/// How many tables and combinations were rejected for one reason.
public struct PlanRejection: Sendable, Hashable, Codable {
  /// Why; the first that applies, in this order.
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// Too few seats.
    case tooSmall = "too_small"
    /// The party is smaller than the tables' smallest.
    case belowMinParty = "below_min_party"
    /// The party needs an accessible table.
    case notAccessible = "not_accessible"
    /// Fewer of the same tables are enough; wherever these are free, those are too.
    case moreThanNeeded = "more_than_needed"
    /// Accessible tables, still kept for those who need them.
    case keptAccessible = "kept_accessible"
    /// A table is taken in the block window.
    case occupied
  }

  public var reason: Reason
  public var count: Int

  public init(reason: Reason, count: Int) {
    self.reason = reason
    self.count = count
  }
}
