/// Judges a rate of a sample by exact bounds: it passes or fails only when the bound on that side is sure of it.
struct RateJudge {
  private let rule: CriterionRule
  private let share: Share

  init(_ rule: CriterionRule, _ share: Share) {
    self.rule = rule
    self.share = share
  }

  /// Passes when the lower bound reaches the limit, fails when the upper bound is below it.
  func atLeast(_ what: String) -> CriterionResult {
    let lower = share.lower() * 100
    let verdict: CriterionVerdict =
      share.whole == 0
      ? .notEnoughData : lower >= rule.limit ? .pass : share.upper() * 100 < rule.limit ? .fail : .notEnoughData
    return result(verdict, bound: lower, side: "at least", what)
  }

  /// Passes when the upper bound is below the limit, fails when the lower bound reaches it.
  func below(_ what: String) -> CriterionResult {
    let upper = share.upper() * 100
    let verdict: CriterionVerdict =
      share.whole == 0
      ? .notEnoughData : upper < rule.limit ? .pass : share.lower() * 100 >= rule.limit ? .fail : .notEnoughData
    return result(verdict, bound: upper, side: "at most", what)
  }

  private func result(_ verdict: CriterionVerdict, bound: Double, side: String, _ what: String) -> CriterionResult {
    let limit = (side == "at least" ? "at least " : "below ") + Shown.number(rule.limit, .percent)
    let sentence =
      share.whole == 0
      ? "no eligible booking has ended yet; needed is \(limit) that \(what)"
      : "\(share.part) of \(share.whole) eligible \(what), \(Shown.number(share.rate * 100, .percent)); "
        + "with 95 % confidence \(side) \(Shown.number(bound, .percent)); needed is \(limit)"
    return CriterionResult(
      name: rule.kind.rawValue, value: share.whole > 0 ? share.rate * 100 : nil, sample: share.whole,
      bound: share.whole > 0 ? bound : nil, limit: rule.limit, unit: .percent, verdict: verdict, sentence: sentence)
  }
}

/// Judges whether events flow. Every decided booking is looked at, so the share is a fact and not a sample: the value
/// decides, and the bound is only shown.
struct EventJudge {
  private let rule: CriterionRule

  init(_ rule: CriterionRule) { self.rule = rule }

  func judge(_ figures: PhaseFigures.EventFigures?) -> CriterionResult {
    let share = Share(part: figures?.complete ?? 0, whole: figures?.decided ?? 0)
    let isMeasured = share.whole > 0
    let isReached = share.rate * 100 >= rule.limit
    return CriterionResult(
      name: rule.kind.rawValue, value: isMeasured ? share.rate * 100 : nil, sample: share.whole,
      bound: isMeasured ? share.lower() * 100 : nil, limit: rule.limit, unit: .percent,
      verdict: isMeasured ? (isReached ? .pass : .fail) : .notEnoughData,
      sentence: isMeasured
        ? "\(share.part) of \(share.whole) decided bookings have all their events, "
          + "\(Shown.number(share.rate * 100, .percent)); needed are \(Shown.number(rule.limit, .percent))"
        : "no booking has been decided yet")
  }
}
