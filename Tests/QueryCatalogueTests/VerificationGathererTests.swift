import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import StoreTesting
import Testing
import Verification

/// A report gathered from a day that was made up, on both databases; every figure was worked out by hand.
@Suite struct VerificationGathererTests {
  /// The healthy day, and what came before and after the run: neither counts.
  static func report(_ kind: TestStore.Kind) async throws -> VerificationReport {
    let bench = try await CatalogueBench(kind)
    try await HealthyDayTests.seed(bench)
    let day = SeededDay(bench)
    try await day.add("early", .confirmed(.optimalFit), ago: 200, ms: 9_000)
    try await day.add("late", .review(.noTable), ago: 5)
    try await day.tell("flag.changed", "n-1", context: change, ago: 60, source: .flags)
    try await day.tell("flag.changed", "n-1", context: change, ago: 300, source: .flags)
    return try await VerificationGatherer(bench.store).report(subject(bench.clock.now()))
  }

  private static let change: [String: EventValue] = [
    "flag": "ROLLOUT_SHARE", "value": "10", "actor": "ada", "reason": "a tenth <first>",
  ]

  /// Two hours, up to ten minutes ago.
  static func subject(_ now: Timestamp) -> VerificationSubject {
    let run = RolloutRun(
      number: 4, phase: "production_10", environment: .production, decidesV3: true, shadow: false, sharePercent: 10,
      decidedAt: now.adding(minutes: -121), enteredAt: now.adding(minutes: -120), endedAt: now.adding(minutes: -10),
      ending: .rolledBack)
    var subject = VerificationSubject(
      phase: RolloutPlan.standard.phases[3], run: run, ending: .init(.rolledBack), writtenAt: now,
      criteria: [
        CriterionResult(
          name: "confirmation", value: 95, sample: 20, bound: 78.4, limit: 95, unit: .percent, verdict: .notEnoughData,
          sentence: "95 % were confirmed")
      ])
    subject.signOffs = [SignOff(role: .productOwner, by: "grace", run: 4, at: now)]
    return subject
  }

  @Test(arguments: TestStore.Kind.allCases)
  func rates_areOfTheRunAlone(_ kind: TestStore.Kind) async throws {
    let report = try await Self.report(kind)
    // North: 18 confirmed, `lost`, and of those not in the rates `full`, `large` and `gone`; west: `asked`.
    let v3 = try #require(report.flows.first)
    #expect((v3.flow, v3.restaurants) == ("v3", 2))
    #expect(
      v3.figures
        == FlowFigures(bookings: 22, bookingsConfirmed: 18, eligible: 19, confirmed: 18, reviewed: 1, fullHouse: 1))
    let legacy = try #require(report.flows.last)
    #expect(legacy.flow == "legacy")
    #expect(legacy.figures == FlowFigures(bookings: 2, bookingsConfirmed: 2, eligible: 2, confirmed: 2))
    #expect(report.hours.map { "\($0.flow) \($0.eligible) \($0.confirmed)" } == ["v3 18 18", "v3 1 0", "legacy 2 2"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func flows_areCountedAsTheGateCountsThem(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await HealthyDayTests.seed(bench)
    let day = SeededDay(bench)
    // With whom V3 is at work, and the two that it gave to people and that are in no rate of eligible ones.
    try await day.add("working", .working, ago: 20)
    try await day.add("asked-2", .review(.suggestOnly), ago: 20, automation: .suggest)
    try await day.add("lost-2", .failed(.systemError), ago: 20, flow: .legacy)
    let subject = Self.subject(bench.clock.now())
    let report = try await VerificationGatherer(bench.store).report(subject)
    let gate = try await bench.store.phaseFigures(.init(.init(from: subject.from, until: subject.until)))
    #expect(report.flows.map(\.flow) == ["v3", "legacy"])
    #expect(report.flows.map(\.figures) == [gate.v3, gate.legacy])
    // 22 of the day, and the two.
    #expect(gate.v3.bookings == 24 && gate.v3.bookingsConfirmed == 18 && gate.v3.eligible == 19)
    #expect(gate.v3.rawConfirmationRate == 0.75)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func latencies_areNearestRanks(_ kind: TestStore.Kind) async throws {
    let report = try await Self.report(kind)
    let v3 = try #require(report.latencies.first)
    // 100, 200 … 1800 ms: three up to 300, seven more up to a second, eight above.
    #expect((v3.confirmed, v3.p50, v3.p95, v3.p99) == (18, 900, 1_800, 1_800))
    #expect(v3.counts == [0, 0, 1, 2, 7, 8, 0])
    // Of every try of V3 that told it, a hundredth of its time: 18 confirmed ones and four others of a second.
    #expect((report.leaseWaits.leases, report.leaseWaits.p50, report.leaseWaits.p95) == (22, 10, 17))
  }

  @Test(arguments: TestStore.Kind.allCases)
  func shadow_hasVerdictsAndNoise(_ kind: TestStore.Kind) async throws {
    let report = try await Self.report(kind)
    #expect(
      report.shadow.map { "\($0.verdict) \($0.bookings) \($0.eligible)" } == ["same_tables 1 1", "v3_better 1 1"])
    #expect(report.shadow.map(\.noiseSample) == [1, 0])
    #expect(report.shadow.map(\.noise) == [0, 0])
    #expect((report.shadow[1].legacySpare, report.shadow[1].v3Spare) == (3, 1))
  }

  @Test(arguments: TestStore.Kind.allCases)
  func statesAndReasons_areCounted(_ kind: TestStore.Kind) async throws {
    let report = try await Self.report(kind)
    #expect(
      report.states.map { "\($0.state) \($0.status) \($0.bookings)" } == [
        "confirmed confirmed 20", "manual_review pending 3", "failed cancelled 2", "confirmed seated 1",
      ])
    #expect(report.transitions.first { $0.from == "assigned" && $0.mode == "v3" }?.changes == 18)
    #expect(
      report.reasons.map { "\($0.what) \($0.reason) \($0.flow) \($0.bookings) \($0.eligible ?? -1)" } == [
        "review no_table v3 2 1", "review suggest_only v3 1 0", "retry hold_conflict v3 1 -1",
        "refused party_too_large v3 1 0",
      ])
    #expect(
      report.tables.map { "\($0.flow) \($0.strategy) \($0.tables) \($0.bookings)" } == [
        "v3 optimal_fit 1 12", "v3 adjacency 1 6", "legacy legacy_best_fit 1 2",
      ])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func edgeCases_tellWhatWasNotExercised(_ kind: TestStore.Kind) async throws {
    let counts = Dictionary(
      uniqueKeysWithValues: try await Self.report(kind).edgeCases.map { ($0.name, $0.count) })
    let exercised = counts.filter { $0.value > 0 }
    #expect(
      exercised == [
        "walk_in": 1, "cancelled_while_deciding": 1, "suggest_house": 1, "full_house": 1, "flag_changed": 1,
      ])
    #expect(counts["joined_tables"] == 0)
    #expect(counts["after_midnight"] == 0)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func recordsAndFlags_areThoseOfTheRun(_ kind: TestStore.Kind) async throws {
    let report = try await Self.report(kind)
    #expect(report.configuration.changes.map(\.reason) == ["a tenth <first>"])
    #expect(report.configuration.flags.map(\.name).contains("FEATURE_ASSIGNMENT_PIPELINE_V3"))
    #expect(report.decision.verdict == .notEnoughData)
    #expect(report.records.signOffs.map(\.by) == [nil, "grace"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func emptyRun_isAReportTooAndSaysSo(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let report = try await VerificationGatherer(bench.store).report(Self.subject(bench.clock.now()))
    #expect(report.flows.isEmpty && report.states.isEmpty && report.edgeCases.allSatisfy { $0.count == 0 })
    let text = MarkdownRenderer().render(ReportDocument(report))
    #expect(text.contains("neither flow had a booking of this run"))
    #expect(text.contains("0 of \(report.edgeCases.count) edge cases"))
  }

  @Test(arguments: TestStore.Kind.allCases)
  func noReport_showsWhatGuestsTyped(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await HealthyDayTests.seed(bench)
    let guest = try #require(try await bench.store.booking("n-1")?.guest)
    let planted = [guest.name, guest.phone, guest.mail].compactMap(\.self)
    #expect(!planted.isEmpty)
    let report = try await VerificationGatherer(bench.store).report(Self.subject(bench.clock.now()))
    let document = ReportDocument(report)
    for text in [MarkdownRenderer().render(document), HTMLRenderer().render(document)] {
      for personal in planted { #expect(!text.contains(personal)) }
    }
  }
}
