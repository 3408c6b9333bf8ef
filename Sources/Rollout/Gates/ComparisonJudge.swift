/// Judges differences of two flows, or of a flow at two times.
struct ComparisonJudge {
  /// Bookings of each side that a comparison of observed values needs.
  static let leastBookings = 20
  private let rule: CriterionRule

  init(_ rule: CriterionRule) { self.rule = rule }

  private var margin: Double { rule.limit / 100 }

  /// V3's success on the same bookings against legacy's.
  func paired(_ paired: PairedOutcomes) -> CriterionResult {
    result(
      paired.count > 0 ? paired.difference : nil, \.lower, sample: paired.count, paired.isNotWorse(margin: margin),
      what: "V3's success less legacy's on the same \(paired.count) bookings", needed: "above -")
  }

  /// V3's confirmation against that of the phase before: it fails when it is surely lower, by however little, and passes
  /// when it is surely not lower by more than the margin.
  func confirmation(_ v3: FlowFigures, before: FlowFigures?) -> CriterionResult {
    guard let before, before.eligible > 0, v3.eligible > 0 else {
      return result(nil, \.lower, sample: v3.eligible, .notEnoughData, what: "confirmation", needed: "above -")
    }
    let bounds = DifferenceBounds(v3.confirmation, minus: before.confirmation)
    let verdict: CriterionVerdict = bounds.upper < 0 ? .fail : bounds.lower > -margin ? .pass : .notEnoughData
    return result(
      bounds, \.lower, sample: v3.eligible, verdict, what: "confirmation less that of the phase before",
      needed: "above -")
  }

  /// V3's full-house share against legacy's. The values as seen decide, since more than the margin fails; bad seating
  /// must not hide behind wide bounds.
  func fullHouse(_ v3: FlowFigures, legacy: FlowFigures) -> CriterionResult {
    let share = v3.fullHouseShare
    let other = legacy.fullHouseShare
    guard min(share.whole, other.whole) >= Self.leastBookings else {
      return result(nil, \.upper, sample: share.whole, .notEnoughData, what: "full-house share", needed: "at most ")
    }
    let bounds = DifferenceBounds(share, minus: other)
    // Without the hair, floating point would put exactly five points above five points.
    let verdict: CriterionVerdict = bounds.value > margin + 1e-12 ? .fail : .pass
    return result(
      bounds, \.upper, sample: share.whole, verdict, what: "V3's full-house share less legacy's", needed: "at most ")
  }

  private func result(
    _ bounds: DifferenceBounds?, _ side: KeyPath<DifferenceBounds, Double>, sample: Int, _ verdict: CriterionVerdict,
    what: String, needed: String
  ) -> CriterionResult {
    let limit = needed + Shown.number(rule.limit, .points)
    let word = side == \.lower ? "at least" : "at most"
    let sentence = bounds.map {
      "\(what) is \(Shown.number($0.value * 100, .points)), with 95 % confidence \(word) "
        + "\(Shown.number($0[keyPath: side] * 100, .points)); needed is \(limit)"
    }
    return CriterionResult(
      name: rule.kind.rawValue, value: bounds.map { $0.value * 100 }, sample: sample,
      bound: bounds.map { $0[keyPath: side] * 100 }, limit: rule.limit, unit: .points, verdict: verdict,
      sentence: sentence ?? "\(what): too few bookings to compare; needed is \(limit)")
  }
}
