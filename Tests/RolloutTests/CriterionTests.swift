import BookingDomain
import Rollout
import Testing

/// Every criterion: where it passes, where it fails, and where there is too little to say.
struct CriterionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: CriterionKind
    var verdict: CriterionVerdict
    var title: String
    var change: @Sendable (inout PhaseFigures) -> Void

    init(
      _ kind: CriterionKind, _ verdict: CriterionVerdict, _ title: String,
      _ change: @escaping @Sendable (inout PhaseFigures) -> Void
    ) {
      self.kind = kind
      self.verdict = verdict
      self.title = title
      self.change = change
    }

    var testDescription: String { "\(kind.rawValue): \(title) is \(verdict.rawValue)" }
  }

  static let rates = [
    Case(.confirmation, .pass, "99 of 100") { $0.v3 = Samples.flow(100, unconfirmed: 1) },
    Case(.confirmation, .notEnoughData, "98 of 100") { $0.v3 = Samples.flow(100, unconfirmed: 2) },
    Case(.confirmation, .notEnoughData, "58 of 58") { $0.v3 = Samples.flow(58) },
    Case(.confirmation, .pass, "59 of 59") { $0.v3 = Samples.flow(59) },
    Case(.confirmation, .notEnoughData, "91 of 100") { $0.v3 = Samples.flow(100, unconfirmed: 9) },
    Case(.confirmation, .fail, "90 of 100") { $0.v3 = Samples.flow(100, unconfirmed: 10) },
    Case(.confirmation, .notEnoughData, "none") { $0.v3 = FlowFigures() },
    Case(.review, .pass, "none of 29") { $0.v3 = Samples.flow(29) },
    Case(.review, .notEnoughData, "none of 28") { $0.v3 = Samples.flow(28) },
    Case(.review, .notEnoughData, "15 of 100") { $0.v3 = Samples.flow(100, reviewed: 15) },
    Case(.review, .fail, "16 of 100") { $0.v3 = Samples.flow(100, reviewed: 16) },
    Case(.review, .notEnoughData, "none") { $0.v3 = FlowFigures() },
    Case(.errorRate, .pass, "none of 299") { $0.v3 = Samples.flow(299) },
    Case(.errorRate, .notEnoughData, "none of 298") { $0.v3 = Samples.flow(298) },
    Case(.errorRate, .fail, "10 of 100") { $0.v3 = Samples.flow(100, errors: 10) },
    Case(.errorRate, .notEnoughData, "none") { $0.v3 = FlowFigures() },
    Case(.latency, .pass, "none of 59 slow") { $0.latency = .init(p95Milliseconds: 9, count: 59, slow: 0) },
    Case(.latency, .notEnoughData, "none of 58 slow") { $0.latency = .init(p95Milliseconds: 9, count: 58, slow: 0) },
    Case(.latency, .fail, "10 of 100 slow") { $0.latency = .init(p95Milliseconds: 4_000, count: 100, slow: 10) },
    Case(.latency, .notEnoughData, "nothing") { $0.latency = nil },
    Case(.lockWait, .pass, "none of 59 slow") { $0.lockWait = .init(p95Milliseconds: 9, count: 59, slow: 0) },
    Case(.lockWait, .fail, "10 of 100 slow") { $0.lockWait = .init(p95Milliseconds: 200, count: 100, slow: 10) },
    Case(.lockWait, .notEnoughData, "nothing") { $0.lockWait = nil },
    Case(.events, .pass, "99 of 100") { $0.events = .init(decided: 100, complete: 99) },
    Case(.events, .fail, "98 of 100") { $0.events = .init(decided: 100, complete: 98) },
    Case(.events, .notEnoughData, "no decided booking") { $0.events = .init(decided: 0, complete: 0) },
    Case(.events, .notEnoughData, "not measured") { $0.events = nil },
  ]

  static let counts = [
    Case(.errors, .pass, "none of 1") { $0.v3 = Samples.flow(1) },
    Case(.errors, .fail, "one of 1000") { $0.v3 = Samples.flow(1_000, errors: 1) },
    Case(.errors, .notEnoughData, "none of none") { $0.v3 = FlowFigures() },
    Case(.incidents, .pass, "none") { $0.seriousIncidents = 0 },
    Case(.incidents, .fail, "one") { $0.seriousIncidents = 1 },
    Case(.stuck, .pass, "none") { $0.stuck = 0 },
    Case(.stuck, .fail, "one") { $0.stuck = 1 },
    Case(.stuck, .notEnoughData, "not measured") { $0.stuck = nil },
    Case(.duplicateNotices, .pass, "none") { $0.duplicateNotices = 0 },
    Case(.duplicateNotices, .fail, "one") { $0.duplicateNotices = 1 },
    Case(.duplicateNotices, .notEnoughData, "not measured") { $0.duplicateNotices = nil },
    Case(.breakerOpen, .pass, "300 s") { $0.breakerOpenSeconds = 300 },
    Case(.breakerOpen, .fail, "301 s") { $0.breakerOpenSeconds = 301 },
    Case(.breakerOpen, .notEnoughData, "not measured") { $0.breakerOpenSeconds = nil },
    Case(.drill, .pass, "299 s") { $0.drill = DrillResult(at: Samples.start, recoverySeconds: 299) },
    Case(.drill, .fail, "300 s") { $0.drill = DrillResult(at: Samples.start, recoverySeconds: 300) },
    Case(.drill, .notEnoughData, "none") { $0.drill = nil },
  ]

  static let comparisons = [
    Case(.fullHouse, .pass, "5 points above") {
      $0.v3 = Samples.flow(90, fullHouse: 10)
      $0.legacy = Samples.flow(95, fullHouse: 5)
    },
    Case(.fullHouse, .fail, "6 points above") {
      $0.v3 = Samples.flow(89, fullHouse: 11)
      $0.legacy = Samples.flow(95, fullHouse: 5)
    },
    Case(.fullHouse, .pass, "far below") {
      $0.v3 = Samples.flow(100)
      $0.legacy = Samples.flow(50, fullHouse: 50)
    },
    Case(.fullHouse, .notEnoughData, "19 bookings") { $0.v3 = Samples.flow(10, fullHouse: 9) },
    Case(.fullHouse, .notEnoughData, "no legacy") { $0.legacy = FlowFigures() },
    Case(.notWorseThanLegacy, .pass, "same on 100") { $0.paired = PairedOutcomes(both: 100) },
    Case(.notWorseThanLegacy, .notEnoughData, "same on 71") { $0.paired = PairedOutcomes(both: 71) },
    Case(.notWorseThanLegacy, .pass, "same on 72") { $0.paired = PairedOutcomes(both: 72) },
    Case(.notWorseThanLegacy, .notEnoughData, "5 lost of 100") { $0.paired = PairedOutcomes(both: 95, legacyOnly: 5) },
    Case(.notWorseThanLegacy, .fail, "20 lost of 100") { $0.paired = PairedOutcomes(both: 80, legacyOnly: 20) },
    Case(.notWorseThanLegacy, .pass, "lost and won alike, 5000") {
      $0.paired = PairedOutcomes(both: 4_600, v3Only: 200, legacyOnly: 200)
    },
    Case(.notWorseThanLegacy, .notEnoughData, "none") { $0.paired = PairedOutcomes() },
    Case(.notWorseThanBefore, .pass, "the same") {
      $0.v3 = Samples.flow(1_000, unconfirmed: 10)
      $0.before = Samples.flow(1_000, unconfirmed: 10)
    },
    Case(.notWorseThanBefore, .fail, "surely lower by 3 points") {
      $0.v3 = Samples.flow(10_000, unconfirmed: 400)
      $0.before = Samples.flow(10_000, unconfirmed: 100)
    },
    Case(.notWorseThanBefore, .notEnoughData, "the same on 50") {
      $0.v3 = Samples.flow(50)
      $0.before = Samples.flow(50)
    },
    Case(.notWorseThanBefore, .notEnoughData, "nothing before") { $0.before = nil },
    Case(.everyDay, .pass, "seven good days") { _ in },
    Case(.everyDay, .notEnoughData, "six good days") { $0.days.removeLast() },
    Case(.everyDay, .notEnoughData, "a day without bookings") { $0.days[3].v3 = FlowFigures() },
    Case(.everyDay, .fail, "a day's confirmation at 94 %") { $0.days[3].v3 = Samples.flow(100, unconfirmed: 6) },
    Case(.everyDay, .pass, "a day's confirmation at 95 %") { $0.days[3].v3 = Samples.flow(100, unconfirmed: 5) },
    Case(.everyDay, .fail, "a day's review at 10 %") { $0.days[3].v3 = Samples.flow(100, reviewed: 10) },
    Case(.everyDay, .fail, "a day's error at 1 %") { $0.days[3].v3 = Samples.flow(100, errors: 1) },
    Case(.everyDay, .fail, "a bad day among too few") {
      $0.days = [PhaseFigures.DayFigures(date: "2026-11-01", v3: Samples.flow(100, unconfirmed: 6))]
    },
  ]

  @Test(arguments: rates + counts + comparisons)
  func evaluate_case_givesItsVerdict(_ example: Case) {
    let result = Samples.judge(example.kind, example.change)
    #expect(result.verdict == example.verdict, "\(result.sentence)")
    #expect(result.name == example.kind.rawValue)
    #expect(!result.sentence.isEmpty)
    #expect(result.unit == example.kind.unit)
  }

  @Test func cases_ofAllKinds_haveEveryVerdict() {
    for kind in CriterionKind.allCases {
      let verdicts = Set((Self.rates + Self.counts + Self.comparisons).filter { $0.kind == kind }.map(\.verdict))
      let all: Set<CriterionVerdict> = kind == .incidents ? [.pass, .fail] : [.pass, .fail, .notEnoughData]
      #expect(verdicts == all, "\(kind)")
    }
  }

  @Test func evaluate_confirmation_saysValueSampleBoundAndLimit() {
    let result = Samples.judge(.confirmation) { $0.v3 = Samples.flow(100, unconfirmed: 2) }
    #expect(result.value == 98)
    #expect(result.sample == 100)
    #expect(abs((result.bound ?? 0) - 93.838) < 0.001)
    #expect(result.limit == 95)
    let words = "98 of 100 eligible confirmed, 98 %; with 95 % confidence at least 93.84 %; needed is at least 95 %"
    #expect(result.sentence == words)
  }

  @Test(arguments: RolloutPlan.standard.phases)
  func gate_goodFigures_passesInEveryPhase(_ phase: RolloutPhase) {
    let results = PhaseGate(phase, of: .standard).evaluate(Samples.good())
    #expect(results.verdict == .pass, "\(results.filter { $0.verdict != .pass })")
  }

  @Test(arguments: RolloutPlan.standard.phases)
  func gate_noData_neverPasses(_ phase: RolloutPhase) {
    let results = PhaseGate(phase, of: .standard).evaluate(PhaseFigures())
    #expect(results.verdict == .notEnoughData)
  }

  @Test func gate_leastOfThePhase_holdsUntilReached() {
    let phase = RolloutPlan.standard.phases[0]
    var figures = Samples.good()
    figures.elapsedSeconds = 86_399
    figures.v3.eligible = 99
    let early = PhaseGate(phase, of: .standard).evaluate(figures)
    #expect(early.filter { $0.name.hasPrefix("least") }.map(\.verdict) == [.notEnoughData, .notEnoughData])
    figures.elapsedSeconds = 86_400
    figures.v3.eligible = 100
    let late = PhaseGate(phase, of: .standard).evaluate(figures)
    #expect(late.filter { $0.name.hasPrefix("least") }.map(\.verdict) == [.pass, .pass])
  }

  @Test func verdict_ofResults_failComesBeforeNotEnoughData() {
    let pass = Samples.judge(.stuck)
    let fail = Samples.judge(.stuck) { $0.stuck = 1 }
    let unknown = Samples.judge(.stuck) { $0.stuck = nil }
    #expect([pass, unknown, fail].verdict == .fail)
    #expect([pass, unknown].verdict == .notEnoughData)
    #expect([pass].verdict == .pass)
  }
}
