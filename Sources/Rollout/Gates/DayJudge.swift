/// Judges single days by their values: none may be outside the limits of the rates.
struct DayJudge {
  private let rule: CriterionRule
  private let limits: [CriterionKind: Double]

  init(_ rule: CriterionRule, limits: [CriterionRule]) {
    self.rule = rule
    self.limits = Dictionary(limits.map { ($0.kind, $0.limit) }, uniquingKeysWith: { first, _ in first })
  }

  /// A day without eligible bookings says nothing and does not count.
  func judge(_ days: [PhaseFigures.DayFigures]) -> CriterionResult {
    let counted = days.filter { $0.v3.eligible > 0 }
    let faults = counted.compactMap { day in fault(day.v3).map { "\(day.date): \($0)" } }
    let verdict: CriterionVerdict =
      !faults.isEmpty ? .fail : counted.count >= Int(rule.limit) ? .pass : .notEnoughData
    let sentence =
      faults.isEmpty
      ? "\(counted.count) days with bookings, each within the limits; needed are \(Shown.number(rule.limit))"
      : "outside the limits: " + faults.joined(separator: "; ")
    return CriterionResult(
      name: rule.kind.rawValue, value: Double(counted.count - faults.count), sample: counted.count, bound: nil,
      limit: rule.limit, unit: .days, verdict: verdict, sentence: sentence)
  }

  private func fault(_ figures: FlowFigures) -> String? {
    let confirmation = figures.confirmation.rate * 100
    let review = figures.review.rate * 100
    let error = figures.error.rate * 100
    if let limit = limits[.confirmation], confirmation < limit {
      return words("confirmation", confirmation, "below", limit)
    }
    if let limit = limits[.review], review >= limit { return words("review", review, "not below", limit) }
    if let limit = limits[.errorRate], error >= limit { return words("error", error, "not below", limit) }
    return nil
  }

  private func words(_ name: String, _ value: Double, _ relation: String, _ limit: Double) -> String {
    "\(name) \(Shown.number(value, .percent)) is \(relation) \(Shown.number(limit, .percent))"
  }
}
