import BookingDomain
import Rollout

/// Figures and moments that the suites share.
enum Samples {
  static let start = Timestamp(seconds: 1_700_000_000)
  static let engineer = RolloutActor(name: "on call", role: .onCallEngineer)
  static let owner = RolloutActor(name: "owner", role: .productOwner)
  static let qa = RolloutActor(name: "quality", role: .qaLead)
  static let lead = RolloutActor(name: "lead", role: .engineeringLead)
  static let person = RolloutActor(name: "operator", role: .operator)

  static func flow(
    _ eligible: Int, unconfirmed: Int = 0, reviewed: Int = 0, errors: Int = 0, fullHouse: Int = 0
  ) -> FlowFigures {
    FlowFigures(
      bookings: eligible + fullHouse, bookingsConfirmed: eligible - unconfirmed, eligible: eligible,
      confirmed: eligible - unconfirmed, reviewed: reviewed, errors: errors, fullHouse: fullHouse)
  }

  /// Figures with which every criterion of the standard plan passes.
  static func good() -> PhaseFigures {
    var figures = PhaseFigures(elapsedSeconds: 8 * 86_400)
    figures.v3 = flow(2_000, unconfirmed: 10, reviewed: 10, errors: 0, fullHouse: 40)
    figures.legacy = flow(2_000, unconfirmed: 20, reviewed: 20, fullHouse: 40)
    figures.before = flow(2_000, unconfirmed: 10)
    figures.paired = PairedOutcomes(both: 1_980, v3Only: 10, legacyOnly: 5, neither: 5)
    figures.events = PhaseFigures.EventFigures(decided: 2_040, complete: 2_040)
    figures.breakerOpenSeconds = 0
    figures.stuck = 0
    figures.duplicateNotices = 0
    figures.latency = PhaseFigures.PercentileFigures(p95Milliseconds: 80, count: 2_000, slow: 3)
    figures.lockWait = PhaseFigures.PercentileFigures(p95Milliseconds: 4, count: 2_000, slow: 1)
    figures.drill = DrillResult(at: start, recoverySeconds: 12)
    figures.days = (1...7).map { PhaseFigures.DayFigures(date: "2026-11-0\($0)", v3: flow(280, unconfirmed: 1)) }
    return figures
  }

  /// Every criterion of the plan in one phase.
  static func judge(
    _ kind: CriterionKind, limit: Double? = nil, _ change: (inout PhaseFigures) -> Void = { _ in }
  ) -> CriterionResult {
    var figures = good()
    change(&figures)
    let limits: [CriterionKind: Double] = [
      .confirmation: 95, .review: 10, .errorRate: 1, .errors: 0, .fullHouse: 5, .notWorseThanLegacy: 5,
      .notWorseThanBefore: 5, .incidents: 0, .events: 99, .breakerOpen: 300, .stuck: 0, .duplicateNotices: 0,
      .latency: 3_000, .lockWait: 100, .drill: 300, .everyDay: 7,
    ]
    let rules = limits.map { CriterionRule($0, $1) }
    let phase = RolloutPhase(name: "all", environment: .production, also: rules)
    let plan = RolloutPlan(phases: [phase], criteria: [])
    return PhaseGate(phase, of: plan).evaluate(CriterionRule(kind, limit ?? limits[kind] ?? 0), figures)
  }
}
