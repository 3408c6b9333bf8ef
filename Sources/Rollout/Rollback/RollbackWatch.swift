/// Tells which rules of automatic rollback fire. Rates fire only when their exact lower bound passes the limit, so that a
/// few unlucky bookings do not roll a good system back.
public struct RollbackWatch: Sendable {
  let rules: RollbackRules

  public init(_ rules: RollbackRules) { self.rules = rules }

  /// What fires, the most drastic first.
  public func findings(_ figures: RollbackFigures) -> [RollbackFinding] {
    [error(figures), breaker(figures), incident(figures.worstIncident), review(figures)].compactMap(\.self)
      + figures.restaurants.compactMap(restaurant)
  }

  /// An incident by itself.
  public func incident(_ level: IncidentLevel?) -> RollbackFinding? {
    guard rules.incident.isOn, let level, level.isSerious else { return nil }
    return RollbackFinding(rule: .incident, sentence: "an incident \(level.rawValue)")
  }

  private func error(_ figures: RollbackFigures) -> RollbackFinding? {
    let rule = rules.error
    guard rule.isOn, figures.windowEligible >= rule.leastEligible else { return nil }
    return rate(
      .error, Share(part: figures.windowErrors, whole: figures.windowEligible), rule.abovePercent,
      what: "eligible of the last \(rule.windowMinutes) minutes had an error")
  }

  private func review(_ figures: RollbackFigures) -> RollbackFinding? {
    let rule = rules.review
    guard rule.isOn, figures.lastEligible >= rule.lastEligible else { return nil }
    return rate(
      .review, Share(part: figures.lastReviewed, whole: figures.lastEligible), rule.abovePercent,
      what: "last eligible were in review")
  }

  private func breaker(_ figures: RollbackFigures) -> RollbackFinding? {
    let limit = Double(rules.breaker.openSeconds)
    guard rules.breaker.isOn, figures.breakerOpenSeconds > limit else { return nil }
    let shown = Shown.number(figures.breakerOpenSeconds, .seconds)
    return RollbackFinding(
      rule: .breaker, value: figures.breakerOpenSeconds, limit: limit,
      sentence: "a breaker has been open for \(shown), allowed are \(Shown.number(limit, .seconds))")
  }

  /// The lower bound must pass the limit and legacy's own rate there; legacy without bookings has a rate of 0.
  private func restaurant(_ figures: RollbackFigures.RestaurantFigures) -> RollbackFinding? {
    let rule = rules.restaurant
    guard rule.isOn, figures.eligible >= rule.leastEligible else { return nil }
    let legacy = Share(part: figures.legacyReviewedOrFailed, whole: figures.legacyEligible)
    let limit = max(rule.abovePercent, legacy.rate * 100)
    var finding = rate(
      .restaurant, Share(part: figures.reviewedOrFailed, whole: figures.eligible), limit,
      what: "eligible of restaurant \(figures.id) were in review or failed")
    finding?.restaurant = figures.id
    return finding
  }

  private func rate(
    _ rule: RollbackFinding.Rule, _ share: Share, _ limit: Double, what: String
  ) -> RollbackFinding? {
    let bound = share.lower() * 100
    guard bound > limit else { return nil }
    return RollbackFinding(
      rule: rule, value: share.rate * 100, sample: share.whole, bound: bound, limit: limit,
      sentence: "\(share.part) of \(share.whole) \(what), with 95 % confidence more than "
        + "\(Shown.number(bound, .percent)); the limit is \(Shown.number(limit, .percent))")
  }
}
