import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import Testing

@testable import AssignmentPipeline

@Suite("The rollout's desk") struct RolloutDeskTests {
  /// What a call is refused with; nil if it is not.
  private static func refusal(_ body: () async throws -> Void) async throws -> DeskError? {
    do {
      try await body()
      return nil
    } catch let error as DeskError { return error }
  }

  private static func rolloutRefusal(_ body: () async throws -> Void) async throws -> RolloutRefusal? {
    if case .rollout(let refusal)? = try await refusal(body) { refusal } else { nil }
  }

  // MARK: Going on

  @Test func advance_setsFlagsAndShareByItself_phaseByPhase() async throws {
    let harness = try await PipelineHarness()
    var report = try await harness.perform(.advance, plan: PipelineHarness.plan())
    #expect(report.run?.phase == "shadow")
    #expect(report.state.status.name == "entered")
    #expect(try await harness.overrides() == [FlagName.shadow.rawValue: "true", FlagName.rolloutShare.rawValue: "0"])
    for (phase, share) in [("ten", "10"), ("fifty", "50"), ("all", "100")] {
      report = try await harness.perform(.advance)
      #expect(report.run?.phase == phase)
      #expect(
        try await harness.overrides() == [
          FlagName.pipelineV3.rawValue: "true", FlagName.shadow.rawValue: "false",
          FlagName.rolloutShare.rawValue: share,
        ])
    }
    #expect(try await Self.rolloutRefusal { try await harness.perform(.advance) } == .lastPhase("all"))
    let runs = try await harness.store.rolloutRuns()
    #expect(runs.map(\.phase) == ["shadow", "ten", "fifty", "all"])
    #expect(runs.map(\.ending) == [.left, .left, .left, nil])
    #expect(runs.allSatisfy { $0.enteredAt != nil })
    #expect(runs.map(\.sharePercent) == [0, 10, 50, 100])
  }

  @Test func advance_isRefused_withEverythingThatIsMissing() async throws {
    let harness = try await PipelineHarness()
    var plan = PipelineHarness.plan([CriterionRule(.confirmation, 95), CriterionRule(.incidents, 0)])
    plan.phases[0].signedOffBy = [.onCallEngineer, .productOwner]
    plan.phases[0].leastHours = 1
    try await harness.perform(.advance, plan: plan)
    try await harness.see(
      epoch: try await harness.store.flagsEpoch(), environment: FlagSettings(pipelineV3: false))
    try await harness.perform(.signOff(run: 1))
    let refusal = try await Self.rolloutRefusal { try await harness.perform(.advance) }
    guard case .notReady(let missing)? = refusal else {
      Issue.record("not refused: \(String(describing: refusal))")
      return
    }
    #expect(
      missing.map(\.description) == [
        "least_time (not_enough_data): the run has lasted 0 s, needed are 1 h",
        "confirmation (not_enough_data): no eligible booking has ended yet; needed is at least 95 % that confirmed",
        "sign-off by product_owner",
        "instance i-1 has FEATURE_ASSIGNMENT_PIPELINE_V3=false in its environment",
      ])
    #expect(try await harness.rolloutReport().missing == missing, "the report says the same")
    #expect(try await harness.rolloutReport().run?.number == 1)
  }

  @Test func force_isRecordedWithItsReason_andWhatWasMissing() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("shadow", PipelineHarness.plan([CriterionRule(.confirmation, 95)]))
    let report = try await harness.perform(.force(reason: "the fair is on", to: "fifty"))
    #expect(report.run?.phase == "fifty")
    let records = try await harness.store.rolloutRecords(of: [.forced, .gateEvaluated], limit: 2, latest: true)
    #expect(records.map(\.kind) == [.gateEvaluated, .forced])
    #expect(records.last?.content.text == "the fair is on")
    #expect(records.first?.content.results?.map(\.verdict) == [.notEnoughData])
    let wrong = try await Self.rolloutRefusal { try await harness.perform(.force(reason: "x", to: "fity")) }
    #expect(
      wrong?.description
        == "\"fity\" is no phase of the plan; allowed: shadow, ten, fifty, all; did you mean \"fifty\"?")
  }

  @Test func aPhaseThatCannotRun_cannotBeForcedOrResumed() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.perform(.incident(.p0, text: "wrong"))
    try await harness.see(
      epoch: try await harness.store.flagsEpoch(), environment: FlagSettings(pipelineV3: false))
    let environment = RolloutRefusal.Missing.environment(instance: "i-1", flag: FeatureFlags.v3Name)
    #expect(try await Self.rolloutRefusal { try await harness.perform(.resume) } == .notReady([environment]))
  }

  @Test func cleanUp_writesTheChecklist() async throws {
    let harness = try await PipelineHarness()
    var plan = PipelineHarness.plan()
    plan.phases[3].writesCleanupChecklist = true
    try await harness.begin("all", plan)
    let records = try await harness.store.rolloutRecords(of: [.cleanupChecklist], limit: 1, latest: true)
    #expect(records.first?.content.checklist?.contains { $0.hasPrefix("flags: ") } == true)
    #expect(records.first?.run == 1)
  }

  // MARK: Stopping

  @Test func abort_endsItAll_andItCanBeginAgain() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.perform(.abort(reason: "not this year"))
    #expect(
      try await harness.overrides() == [
        FlagName.pipelineV3.rawValue: "false", FlagName.shadow.rawValue: "false", FlagName.rolloutShare.rawValue: "100",
      ])
    #expect(try await harness.store.rolloutRuns().last?.ending == .aborted)
    let again = try await harness.perform(.advance)
    #expect(again.run?.phase == "shadow")
    #expect(again.run?.number == 2)
    #expect(again.plan == PipelineHarness.plan(), "the plan that was in force")
  }

  @Test func maxParallel_andRestaurantsByHand_areLeftAlone() async throws {
    let harness = try await PipelineHarness()
    try await harness.set(.flag(.maxParallel), "2")
    try await harness.set(.restaurant("house"), "in")
    try await harness.begin("ten")
    let flags = try await harness.overrides()
    #expect(flags[FlagName.maxParallel.rawValue] == "2")
    #expect(flags["restaurant:house"] == "in")
  }

  /// What is allowed where is the machine's; each illegal step is refused with what is allowed, and changes nothing.
  @Test func illegalSteps_areRefused_inEveryState() async throws {
    let commands: [RolloutCommand] = [
      .advance, .hold(reason: "x"), .resume, .abort(reason: "x"), .force(reason: "x", to: "ten"), .signOff(run: 1),
      .incident(.p3, text: "x"), .knownIssue(text: "x"),
    ]
    let ways: [[RolloutCommand]] = [
      [], [.force(reason: "x", to: "ten")], [.force(reason: "x", to: "ten"), .hold(reason: "x")],
      [.force(reason: "x", to: "ten"), .incident(.p0, text: "x")],
      [.force(reason: "x", to: "ten"), .abort(reason: "x")],
    ]
    var refused = 0
    for way in ways {
      let harness = try await PipelineHarness()
      for command in way {
        try await harness.perform(command, plan: command == way.first ? PipelineHarness.plan() : nil)
      }
      let before = try await harness.store.rollout()
      let allowed = RolloutCommand.names(allowedIn: before.state.status)
      for command in commands where !allowed.contains(command.name) {
        let refusal = try await Self.rolloutRefusal { try await harness.perform(command) }
        #expect(
          refusal == .notNow(command: command.name, status: before.state.status.name, allowed: allowed),
          "\(command.name) while \(before.state.status.name)")
        #expect(try await harness.store.rollout() == before)
        refused += 1
      }
    }
    #expect(refused == 6 + 1 + 2 + 4 + 5, "\(refused)")
  }

  // MARK: Who may

  @Test func signOffs_takeTheirRoleFromTheKey() async throws {
    let harness = try await PipelineHarness()
    var plan = PipelineHarness.plan()
    plan.phases[1].signedOffBy = [.onCallEngineer, .productOwner]
    try await harness.begin("ten", plan)
    let lead = Caller(name: "lead", id: "k-3", role: .engineeringLead)
    #expect(
      try await Self.rolloutRefusal { try await harness.perform(.signOff(run: 1), by: .local("ops")) }
        == .signOffNeedsKey)
    #expect(
      try await Self.rolloutRefusal { try await harness.perform(.signOff(run: 1), by: lead) }
        == .notASigner(.engineeringLead, phase: "ten", asked: [.onCallEngineer, .productOwner]))
    #expect(
      try await Self.rolloutRefusal { try await harness.perform(.signOff(run: 2)) } == .wrongRun(given: 2, present: 1))
    try await harness.perform(.signOff(run: 1))
    #expect(
      try await Self.rolloutRefusal { try await harness.perform(.signOff(run: 1)) }
        == .alreadySigned(.onCallEngineer, by: "pager"))
    #expect(try await harness.rolloutReport().missing == [.signOff(.productOwner)])
    try await harness.perform(.signOff(run: 1), by: PipelineHarness.owner)
    #expect(try await harness.rolloutReport().missing == [])
    // Void after a rollback: the new run has none.
    try await harness.perform(.incident(.p1, text: "wrong"))
    try await harness.perform(.resume)
    #expect(try await harness.rolloutReport().missing == [.signOff(.onCallEngineer), .signOff(.productOwner)])
  }

  @Test func roles_areHeldTo() async throws {
    let harness = try await PipelineHarness()
    let host = Caller(name: "host", id: "k-4", role: .host)
    let some = Caller(name: "some", id: "k-5", role: .admin, restaurants: ["house"])
    guard case .forbidden(.host, _)? = try await Self.refusal({ _ = try await harness.rolloutDesk.report(host) }) else {
      Issue.record("a host reads the rollout")
      return
    }
    guard
      case .forbidden(.productOwner, RolloutRoles.movers)? = try await Self.refusal({
        try await harness.perform(.advance, by: PipelineHarness.owner)
      })
    else {
      Issue.record("a product owner advances")
      return
    }
    guard case .notFound? = try await Self.refusal({ _ = try await harness.rolloutDesk.report(some) }) else {
      Issue.record("a key of some restaurants reads what is everybody's")
      return
    }
    try await harness.perform(.advance, by: .local("ops"))
  }

  @Test func aChangeOnAnOlderRevision_isRefused() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    let revision = try await harness.rolloutReport().stored.revision
    try await harness.perform(.hold(reason: "lunch"), revision: revision)
    guard
      case .staleRollout(revision + 1)? = try await Self.refusal({
        try await harness.perform(.resume, revision: revision)
      })
    else {
      Issue.record("not refused")
      return
    }
    try await harness.perform(.resume, revision: revision + 1)
  }

  // MARK: The plan

  @Test func plan_isFixedAtTheBeginning_andReplacedByAStepOfItsOwn() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    #expect(try await Self.rolloutRefusal { try await harness.perform(.advance, plan: .standard) } == .planInForce)
    #expect(
      try await Self.rolloutRefusal {
        _ = try await harness.rolloutDesk.replacePlan(
          .standard, reason: "x", RolloutRequest(caller: PipelineHarness.pager))
      } == .planWithoutPhase("ten"))
    var stricter = PipelineHarness.plan()
    stricter.phases[1].leastHours = 48
    let report = try await harness.rolloutDesk.replacePlan(
      stricter, reason: "a second night", RolloutRequest(caller: PipelineHarness.pager))
    #expect(report.plan == stricter)
    #expect(report.gate.first?.name == "least_time")
    let records = try await harness.store.rolloutRecords(of: [.planned], limit: 9, latest: true)
    #expect(records.map(\.content.plan) == [PipelineHarness.plan(), stricter])
    #expect(records.last?.content.text == "a second night")
    #expect(try await harness.told(.rollout).last == "rollout.plan_changed")
  }

  @Test func environment_takesThePhasesOfThePlanThatWasPutInForceBefore() async throws {
    let harness = try await PipelineHarness()
    var plan = PipelineHarness.plan()
    plan.phases.insert(RolloutPhase(name: "rehearsal", environment: .staging, shadow: true), at: 0)
    _ = try await harness.rolloutDesk.replacePlan(
      plan, reason: "our own", RolloutRequest(caller: PipelineHarness.pager))
    let request = RolloutRequest(caller: PipelineHarness.pager, start: .init(environment: .production))
    let report = try await harness.rolloutDesk.perform(.advance, request)
    #expect(report.run?.phase == "shadow")
    #expect(report.plan == PipelineHarness.plan())
    let without = try await PipelineHarness()
    let staging = RolloutRequest(
      caller: PipelineHarness.pager, start: .init(plan: PipelineHarness.plan(), environment: .staging))
    do {
      _ = try await without.rolloutDesk.perform(.advance, staging)
      Issue.record("a rollout without phases began")
    } catch DeskError.rollout(let refusal) {
      #expect(refusal == .planWithoutEnvironment(.staging))
    }
  }

  @Test func flagsSetByHand_showAsDifferences() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    #expect(try await harness.rolloutReport().flagDifferences == [])
    try await harness.set(.flag(.rolloutShare), "30")
    #expect(
      try await harness.rolloutReport().flagDifferences
        == ["ROLLOUT_SHARE is 30 by override, the phase wants 10"])
  }
}
