/// How near a rule of automatic rollback is to firing.
public struct RollbackStanding: Sendable, Hashable, Codable {
  public var rule: RollbackFinding.Rule
  /// Percent, or seconds for the breaker.
  public var value: Double
  /// Bookings that the value is of.
  public var sample: Int
  /// Bookings that it takes at least; 0 for the breaker.
  public var needed: Int
  /// The one-sided 95 % lower bound in percent, or the value itself where there is no sample.
  public var bound: Double
  public var limit: Double

  /// The bound's part of the limit; a rule fires above 1, given the sample.
  public var nearness: Double { limit > 0 ? bound / limit : 0 }

  /// One line in words.
  public var sentence: String {
    let unit: CriterionKind.Unit = rule == .breaker ? .seconds : .percent
    let of = needed > 0 ? " of \(sample) (\(needed) needed)" : ""
    let bound = needed > 0 ? ", with 95 % confidence above \(Shown.number(bound, unit))" : ""
    return "\(rule.rawValue): \(Shown.number(value, unit))\(of)\(bound); fires above \(Shown.number(limit, unit))"
  }
}

extension RollbackWatch {
  /// Where the rules that are on stand, the nearest to firing first. An incident fires or does not, and is not among them.
  public func standings(_ figures: RollbackFigures) -> [RollbackStanding] {
    var all: [RollbackStanding] = []
    if rules.error.isOn {
      all.append(
        standing(
          .error, Share(part: figures.windowErrors, whole: figures.windowEligible), needed: rules.error.leastEligible,
          limit: rules.error.abovePercent))
    }
    if rules.review.isOn {
      all.append(
        standing(
          .review, Share(part: figures.lastReviewed, whole: figures.lastEligible), needed: rules.review.lastEligible,
          limit: rules.review.abovePercent))
    }
    if rules.breaker.isOn {
      let limit = Double(rules.breaker.openSeconds)
      let open = figures.breakerOpenSeconds
      all.append(RollbackStanding(rule: .breaker, value: open, sample: 0, needed: 0, bound: open, limit: limit))
    }
    return all.sorted { $0.nearness > $1.nearness }
  }

  private func standing(
    _ rule: RollbackFinding.Rule, _ share: Share, needed: Int, limit: Double
  ) -> RollbackStanding {
    RollbackStanding(
      rule: rule, value: share.rate * 100, sample: share.whole, needed: needed, bound: share.lower() * 100,
      limit: limit)
  }
}
