/// Judges a run of a phase by every criterion of its plan.
public struct PhaseGate: Sendable {
  let plan: RolloutPlan
  let phase: RolloutPhase

  public init(_ phase: RolloutPhase, of plan: RolloutPlan) {
    self.plan = plan
    self.phase = phase
  }

  /// One result for what the phase must have seen, then one for each criterion, in the plan's order.
  public func evaluate(_ figures: PhaseFigures) -> [CriterionResult] {
    least(figures) + plan.criteria(of: phase).map { evaluate($0, figures) }
  }

  private func least(_ figures: PhaseFigures) -> [CriterionResult] {
    var results: [CriterionResult] = []
    if phase.leastHours > 0 {
      let limit = Double(phase.leastHours) * 3_600
      results.append(
        Self.reached("least_time", figures.elapsedSeconds, limit, .seconds, what: "the run has lasted"))
    }
    if phase.leastBookings > 0 {
      let limit = Double(phase.leastBookings)
      results.append(
        Self.reached("least_bookings", Double(figures.v3.eligible), limit, .count, what: "eligible bookings seen:"))
    }
    return results
  }

  private static func reached(
    _ name: String, _ value: Double, _ limit: Double, _ unit: CriterionKind.Unit, what: String
  ) -> CriterionResult {
    CriterionResult(
      name: name, value: value, sample: Int(unit == .count ? value : 0), bound: nil, limit: limit, unit: unit,
      verdict: value >= limit ? .pass : .notEnoughData,
      sentence: "\(what) \(Shown.number(value, unit)), needed are \(Shown.number(limit, unit))")
  }

  /// One criterion.
  public func evaluate(_ rule: CriterionRule, _ figures: PhaseFigures) -> CriterionResult {
    switch rule.kind {
    case .confirmation: RateJudge(rule, figures.v3.confirmation).atLeast("confirmed")
    case .review: RateJudge(rule, figures.v3.review).below("were in review")
    case .errorRate: RateJudge(rule, figures.v3.error).below("had an error")
    case .events: EventJudge(rule).judge(figures.events)
    case .errors: errors(rule, figures)
    case .incidents: CountJudge(rule).judge(figures.seriousIncidents, what: "incidents P0 or P1")
    case .stuck: CountJudge(rule).judge(figures.stuck, what: "stuck bookings")
    case .duplicateNotices: CountJudge(rule).judge(figures.duplicateNotices, what: "duplicate notices")
    case .breakerOpen: CountJudge(rule).judge(time: figures.breakerOpenSeconds, what: "the longest open breaker")
    case .drill: CountJudge(rule).judge(recovery: figures.drill?.recoverySeconds)
    case .latency: PercentileJudge(rule).judge(figures.latency, what: "from creation to end")
    case .lockWait: PercentileJudge(rule).judge(figures.lockWait, what: "of waits for the lease")
    case .fullHouse: ComparisonJudge(rule).fullHouse(figures.v3, legacy: figures.legacy)
    case .notWorseThanLegacy: ComparisonJudge(rule).paired(figures.paired)
    case .notWorseThanBefore: ComparisonJudge(rule).confirmation(figures.v3, before: figures.before)
    case .everyDay: DayJudge(rule, limits: plan.criteria(of: phase)).judge(figures.days)
    }
  }

  /// No error among no bookings says nothing.
  private func errors(_ rule: CriterionRule, _ figures: PhaseFigures) -> CriterionResult {
    CountJudge(rule).judge(
      figures.v3.eligible > 0 || figures.v3.errors > 0 ? figures.v3.errors : nil,
      what: "eligible bookings with an error",
      sample: figures.v3.eligible)
  }
}

extension [CriterionResult] {
  /// Fail if one fails, else not enough data if one has not, else pass.
  public var verdict: CriterionVerdict {
    if contains(where: { $0.verdict == .fail }) { return .fail }
    return contains(where: { $0.verdict == .notEnoughData }) ? .notEnoughData : .pass
  }
}
