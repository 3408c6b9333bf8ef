import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import StoreTesting
import Testing
import Verification

/// Which run a report is about, and what the rollout's own records tell of it.
@Suite struct RunVerifierTests {
  private static let actor = RolloutActor(name: "ada", role: .onCallEngineer)

  /// A rollout whose first run was left two hours ago, by force, and whose second one goes on.
  private static func bench(_ kind: TestStore.Kind) async throws -> CatalogueBench {
    let bench = try await CatalogueBench(kind)
    let now = bench.clock.now()
    let entered = PhaseRun(number: 2, phase: "production_10", enteredAt: now.adding(minutes: -120))
    var state = RolloutState()
    state.status = .entered(entered)
    state.lastRun = 2
    state.signOffs = [
      SignOff(role: .productOwner, by: "grace", run: 1, at: now),
      SignOff(role: .onCallEngineer, by: "ada", run: 2, at: now),
    ]
    state.incidents = [Incident(level: .p2, text: "slow printer", by: "ada", run: 1, at: now)]
    var write = RolloutWrite(expectedRevision: 0, state: state, plan: .standard, at: now)
    write.runs = [
      RolloutRun(
        number: 1, phase: "production_shadow", environment: .production, decidesV3: false, shadow: true,
        sharePercent: 0, decidedAt: now.adding(minutes: -300), enteredAt: now.adding(minutes: -299),
        endedAt: now.adding(minutes: -120), ending: .left),
      RolloutRun(
        number: 2, phase: "production_10", environment: .production, decidesV3: true, shadow: false, sharePercent: 10,
        decidedAt: now.adding(minutes: -121), enteredAt: now.adding(minutes: -120)),
    ]
    write.records = records(now)
    _ = try await bench.store.storeRollout(write)
    return bench
  }

  private static func records(_ now: Timestamp) -> [RolloutRecord] {
    let first = PhaseRun(number: 1, phase: "production_shadow", enteredAt: now.adding(minutes: -299))
    let second = PhaseRun(number: 2, phase: "production_10", enteredAt: now.adding(minutes: -121))
    var gate = RolloutRecord.Content()
    gate.results = [
      CriterionResult(
        name: "confirmation", value: 99, sample: 300, bound: 97, limit: 95, unit: .percent, verdict: .pass,
        sentence: "")
    ]
    return [
      RolloutRecord(.entered, run: first, by: actor, at: now.adding(minutes: -299)),
      RolloutRecord(.gateEvaluated, run: first, by: actor, at: now.adding(minutes: -121), content: gate),
      RolloutRecord(.forced, run: second, by: actor, at: now.adding(minutes: -121), content: .init(text: "in a hurry")),
    ]
  }

  @Test(arguments: TestStore.Kind.allCases)
  func runThatGoesOn_isJudgedNow(_ kind: TestStore.Kind) async throws {
    let bench = try await Self.bench(kind)
    try await HealthyDayTests.seed(bench)
    let now = bench.clock.now()
    let report = try await RunVerifier(bench.store).report(of: .latest, now: now)
    #expect(report.subject.run == 2 && report.subject.ending == nil)
    #expect(report.subject.from == now.adding(minutes: -120) && report.subject.until == now)
    let phase = try #require(RolloutPlan.standard.phase("production_10"))
    #expect(report.criteria.count == PhaseGate(phase, of: .standard).evaluate(PhaseFigures()).count)
    let confirmation = try #require(report.criteria.first { $0.name == "confirmation" })
    #expect(confirmation.sample == 19 && confirmation.verdict == .notEnoughData)
    #expect(report.decision.missing == ["sign-off by product_owner"])
    #expect(report.decision.next == "production_50" && report.decision.held == nil)
    #expect(report.records.incidents.isEmpty)
    // The phase has no limits of its own: those of the first phase that has.
    #expect(report.budget == .init(latency: 3_000, leaseWait: 100))
  }

  @Test(arguments: TestStore.Kind.allCases)
  func runThatWasLeft_isJudgedAsTheGateDidThen(_ kind: TestStore.Kind) async throws {
    let bench = try await Self.bench(kind)
    for choice in [RunChoice.number(1), .phase("production_shadow")] {
      let report = try await RunVerifier(bench.store).report(of: choice, now: bench.clock.now())
      var ending = VerificationReport.Ending(.forced)
      (ending.next, ending.by, ending.reason) = ("production_10", "ada", "in a hurry")
      #expect(report.subject.isShadowOnly && report.subject.ending == ending)
      #expect(report.decision.missing.isEmpty && report.decision.next == nil)
      #expect(report.subject.until == bench.clock.now().adding(minutes: -120))
      #expect(report.criteria.map(\.sample) == [300] && report.decision.verdict == .pass)
      #expect(report.records.signOffs.map(\.by) == [nil, "grace"])
      #expect(report.records.incidents.map(\.text) == ["slow printer"])
      let story = report.records.story.map { "\($0.what) \($0.by) \($0.text)" }
      #expect(story == ["entered ada "])
    }
  }

  @Test(arguments: TestStore.Kind.allCases)
  func killSwitch_isMissingToAdvance(_ kind: TestStore.Kind) async throws {
    let bench = try await Self.bench(kind)
    let kill = FlagOverride(
      key: .flag(.killSwitch), value: "true", reason: "drill", actor: "ada", at: bench.clock.now())
    try await bench.store.setFlags([kill], events: [])
    let report = try await RunVerifier(bench.store).report(of: .latest, now: bench.clock.now())
    #expect(report.decision.missing.last == "the kill switch is on")
    #expect(report.configuration.flags.first { $0.name == "KILL_SWITCH" }?.value == "true")
  }

  @Test(arguments: TestStore.Kind.allCases)
  func runsThatAreNot_areNamed(_ kind: TestStore.Kind) async throws {
    let bench = try await Self.bench(kind)
    func refusal(_ choice: RunChoice) async -> VerificationRefusal? {
      do throws(VerificationRefusal) {
        _ = try await RunVerifier(bench.store).report(of: choice, now: bench.clock.now())
        return nil
      } catch { return error }
    }
    #expect(await refusal(.number(3)) == .noSuchRun(3, last: 2))
    let entered = ["production_shadow", "production_10"]
    #expect(await refusal(.phase("production_50")) == .notEntered("production_50", entered: entered))
    let unknown = RolloutRefusal.unknownPhase(
      "production_01", allowed: RolloutPlan.standard.phases.map(\.name), suggestion: "production_10")
    #expect(await refusal(.phase("production_01")) == .refused(unknown))
    #expect(await refusal(.phase("production_01"))?.description == unknown.description)
    let empty = try await CatalogueBench(kind)
    await #expect(throws: VerificationRefusal.noRun) {
      _ = try await RunVerifier(empty.store).report(of: .latest, now: empty.clock.now())
    }
  }
}
