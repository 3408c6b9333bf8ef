/// Judges a 95th percentile.
///
/// The percentile is below the limit exactly when less than 5 % of the measurements reach it, so the exact bounds of that
/// share judge it, without any assumption about how times are distributed. 59 fast measurements are the fewest that pass.
struct PercentileJudge {
  private static let slowShare = 0.05
  private let rule: CriterionRule

  init(_ rule: CriterionRule) { self.rule = rule }

  func judge(_ figures: PhaseFigures.PercentileFigures?, what: String) -> CriterionResult {
    let share = Share(part: figures?.slow ?? 0, whole: figures?.count ?? 0)
    let limit = Shown.number(rule.limit, .milliseconds)
    guard let figures, share.whole > 0 else {
      return result(nil, 0, .notEnoughData, "P95 \(what): nothing measured yet; needed is below \(limit)")
    }
    let verdict: CriterionVerdict =
      share.upper() < Self.slowShare ? .pass : share.lower() >= Self.slowShare ? .fail : .notEnoughData
    return result(
      figures.p95Milliseconds, share.whole, verdict,
      "P95 \(what) is \(Shown.number(figures.p95Milliseconds, .milliseconds)) of \(share.whole); \(share.part) took "
        + "\(limit) or longer, with 95 % confidence at most \(Shown.number(share.upper() * 100, .percent)); needed is "
        + "less than 5 %")
  }

  private func result(
    _ value: Double?, _ sample: Int, _ verdict: CriterionVerdict, _ sentence: String
  ) -> CriterionResult {
    // A bound in milliseconds would need every measurement; the sentence has the bound of the share.
    CriterionResult(
      name: rule.kind.rawValue, value: value, sample: sample, bound: nil, limit: rule.limit, unit: .milliseconds,
      verdict: verdict, sentence: sentence)
  }
}
