/// Judges what is counted or timed as a whole, without a bound.
struct CountJudge {
  private let rule: CriterionRule

  init(_ rule: CriterionRule) { self.rule = rule }

  /// At most so many.
  func judge(_ count: Int?, what: String, sample: Int = 0) -> CriterionResult {
    result(
      count.map(Double.init), sample: sample, isGood: { $0 <= rule.limit },
      words: { "\($0) \(what), allowed are \(Shown.number(rule.limit))" }, missing: "\(what): not measured yet")
  }

  /// At most so long.
  func judge(time: Double?, what: String) -> CriterionResult {
    result(
      time, sample: 0, isGood: { $0 <= rule.limit },
      words: { "\(what) was open for \($0), allowed are \(Shown.number(rule.limit, .seconds))" },
      missing: "\(what): not measured yet")
  }

  /// A drill that recovered in less than so long.
  func judge(recovery: Double?) -> CriterionResult {
    result(
      recovery, sample: recovery == nil ? 0 : 1, isGood: { $0 < rule.limit },
      words: { "the rollback drill recovered in \($0), needed is below \(Shown.number(rule.limit, .seconds))" },
      missing: "no rollback drill in this run yet")
  }

  private func result(
    _ value: Double?, sample: Int, isGood: (Double) -> Bool, words: (String) -> String, missing: String
  ) -> CriterionResult {
    CriterionResult(
      name: rule.kind.rawValue, value: value, sample: sample, bound: nil, limit: rule.limit, unit: rule.kind.unit,
      verdict: value.map { isGood($0) ? .pass : .fail } ?? .notEnoughData,
      sentence: value.map { words(Shown.number($0, rule.kind.unit)) } ?? missing)
  }
}
