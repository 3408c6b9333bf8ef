import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import StoreTesting
import Testing
import Verification

/// What a report says of how its run ended, and of what it was run with.
@Suite struct RunEndingTests {
  private static let ada = RolloutActor(name: "ada", role: .onCallEngineer)

  /// A rollout with one run of 10 %, begun two hours ago with a plan of its own.
  private struct OneRun {
    let bench: CatalogueBench
    let now: Timestamp
    let entered: PhaseRun
    var plan = RolloutPlan.standard
    var run: RolloutRun
    var state = RolloutState()
    var records: [RolloutRecord] = []

    init(_ kind: TestStore.Kind) async throws {
      bench = try await CatalogueBench(kind)
      now = bench.clock.now()
      entered = PhaseRun(number: 1, phase: "production_10", enteredAt: now.adding(minutes: -120))
      plan.phases[3].leastHours = 1
      run = RolloutRun(
        number: 1, phase: "production_10", environment: .production, decidesV3: true, shadow: false, sharePercent: 10,
        decidedAt: now.adding(minutes: -121), enteredAt: now.adding(minutes: -120))
      state.status = .entered(entered)
      state.lastRun = 1
      add(.planned, minutes: -121) { [plan] in $0.plan = plan }
    }

    mutating func add(
      _ kind: RolloutRecord.Kind, minutes: Int, _ change: (inout RolloutRecord.Content) -> Void = { _ in }
    ) {
      var content = RolloutRecord.Content()
      change(&content)
      records.append(RolloutRecord(kind, run: entered, by: ada, at: now.adding(minutes: minutes), content: content))
    }

    mutating func end(_ ending: RolloutRun.Ending, _ status: RolloutStatus) {
      (run.endedAt, run.ending) = (now.adding(minutes: -10), ending)
      state.status = status
    }

    func report(inForce other: RolloutPlan? = nil) async throws -> VerificationReport {
      var write = RolloutWrite(expectedRevision: 0, state: state, plan: other ?? plan, at: now)
      (write.runs, write.records) = ([run], records)
      _ = try await bench.store.storeRollout(write)
      return try await RunVerifier(bench.store).report(of: .latest, now: now)
    }
  }

  private static func finding(_ rule: RollbackFinding.Rule) -> RollbackFinding {
    RollbackFinding(rule: rule, value: 20, sample: 100, bound: 14, limit: 10, sentence: "\(rule.rawValue) is bad")
  }

  @Test(arguments: TestStore.Kind.allCases)
  func rollback_isTheHeadlineWithTheRulesThatFired(_ kind: TestStore.Kind) async throws {
    var one = try await OneRun(kind)
    let (review, error) = (Self.finding(.review), Self.finding(.error))
    one.end(
      .rolledBack, .rolledBack(.init(from: one.entered, resumesAt: "production_shadow", finding: error, at: one.now)))
    one.add(.rolledBack, minutes: -10) { $0.finding = review }
    one.add(.rolledBack, minutes: -5) { $0.finding = error }
    one.add(.gateEvaluated, minutes: -10) { content in
      content.results = [
        CriterionResult(
          name: "confirmation", value: 99, sample: 300, bound: 97, limit: 95, unit: .percent, verdict: .pass,
          sentence: "")
      ]
    }
    let report = try await one.report()
    #expect(report.subject.ending?.kind == .rolledBack && report.subject.ending?.findings == [review, error])
    #expect(report.decision.verdict == .pass && !report.hasPassed)
    #expect(report.decision.missing.isEmpty)
    let document = ReportDocument(report)
    #expect(document.verdict == ReportCell("Rolled back by the review rule", .bad))
    #expect(
      document.summary == [
        "The review rule: review is bad.", "The error rule: error is bad.",
        "Nobody has resumed yet; resuming enters production_shadow.", "1 of 1 criteria passed when it ended.",
      ])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func abort_isTheHeadlineWithItsReason(_ kind: TestStore.Kind) async throws {
    var one = try await OneRun(kind)
    one.end(.aborted, .aborted(one.entered, .init(reason: "no more", by: "ada", at: one.now)))
    one.add(.aborted, minutes: -10) { $0.text = "no more" }
    let report = try await one.report()
    #expect(!report.hasPassed)
    #expect(ReportDocument(report).verdict == ReportCell("Aborted by ada", .bad))
    #expect(ReportDocument(report).summary.first == "Reason given by ada: no more")
  }

  @Test(arguments: TestStore.Kind.allCases)
  func hold_isSaidWhileItLasts(_ kind: TestStore.Kind) async throws {
    var one = try await OneRun(kind)
    one.plan.criteria = [CriterionRule(.incidents, 0)]
    one.plan.phases[3].also = []
    one.plan.phases[3].signedOffBy = []
    one.state.status = .holding(one.entered, .init(reason: "looks odd", by: "ada", at: one.now))
    one.add(.planned, minutes: -60) { [plan = one.plan] in $0.plan = plan }
    let report = try await one.report()
    #expect(report.decision.held?.reason == "looks odd")
    #expect(report.decision.verdict == .pass && report.decision.missing.isEmpty)
    #expect(ReportDocument(report).verdict == ReportCell("All criteria pass; the phase is held", .open))
    #expect(ReportDocument(report).summary.first?.hasSuffix("by ada: looks odd") == true)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func environmentThatSaysFalse_isMissing(_ kind: TestStore.Kind) async throws {
    let one = try await OneRun(kind)
    let record = InstanceRecord(
      id: "floor-2", host: "host", role: .all, version: "1", flags: FlagSettings(pipelineV3: false),
      startedAt: one.now)
    try await one.bench.store.publishInstance(record)
    let report = try await one.report()
    #expect(
      report.decision.missing.last == "instance floor-2 has FEATURE_ASSIGNMENT_PIPELINE_V3=false in its environment")
  }

  @Test(arguments: TestStore.Kind.allCases)
  func configuration_isThatOfTheRun(_ kind: TestStore.Kind) async throws {
    var one = try await OneRun(kind)
    one.end(.aborted, .aborted(one.entered, .init(reason: "no more", by: "ada", at: one.now)))
    // Put in force after the run; it has no such phase.
    var other = RolloutPlan.standard
    other.phases.removeSubrange(3...)
    one.add(.planned, minutes: -5) { $0.plan = other }
    one.run.sharePercent = 15
    let report = try await one.report(inForce: other)
    #expect(
      report.configuration.phase == [
        "V3 decides for 15 % of the restaurants, shadow is off", "lasts at least: 1 h", "automatic rollback is on",
      ])
    #expect(report.criteria.contains { $0.name == "drill" })
  }
}
