import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Rollout
import Testing

@testable import AssignmentPipeline

/// Automatic rollback, each rule at its limit, from stored bookings to the flags; and all else that the keeper does.
@Suite("The rollout's keeper") struct RolloutKeeperTests {
  private static func rolledBack(_ outcome: RolloutKeeper.Outcome) -> RollbackFinding.Rule? {
    if case .rolledBack(let finding) = outcome { finding.rule } else { nil }
  }

  // MARK: Rules

  /// 4 of 20, 6 of 50, 10 of 100 (product specification §9), and one less.
  @Test(arguments: [(20, 4), (50, 6), (100, 10)]) func errors_fireAtTheirLimit(_ eligible: Int, _ errors: Int)
    async throws
  {
    for (count, fires) in [(errors - 1, false), (errors, true)] {
      let harness = try await PipelineHarness()
      try await harness.begin("ten")
      try await harness.seed(eligible - count, .confirmed)
      try await harness.seed(count, .failed, "f")
      let outcome = try await harness.keeper.turn()
      #expect(Self.rolledBack(outcome) == (fires ? .error : nil), "\(count) of \(eligible): \(outcome)")
      let flags = try await harness.overrides()
      #expect(flags[FlagName.pipelineV3.rawValue] == (fires ? "false" : "true"))
      #expect(flags[FlagName.shadow.rawValue] == (fires ? "true" : "false"))
    }
  }

  @Test func errors_underTheSample_orOutsideTheWindow_doNotFire() async throws {
    let harness = try await PipelineHarness()
    var plan = PipelineHarness.plan()
    plan.rollback.restaurant.isOn = false
    try await harness.begin("ten", plan)
    try await harness.seed(19, .failed)
    #expect(try await harness.keeper.turn() == .watched, "19 are too few")
    harness.clock.advance(by: .seconds(600))
    try await harness.seed(19, .confirmed, "c")
    #expect(try await harness.keeper.turn() == .watched, "the errors are older than ten minutes")
  }

  /// 16 of the last 100, and one less.
  @Test func reviews_stepBack_atTheirLimit() async throws {
    for (count, fires) in [(15, false), (16, true)] {
      let harness = try await PipelineHarness()
      try await harness.begin("fifty")
      try await harness.seed(50, .reviewed, "old", house: "another")
      try await harness.seed(100 - count, .confirmed)
      try await harness.seed(count, .reviewed, "r")
      let outcome = try await harness.keeper.turn()
      #expect(Self.rolledBack(outcome) == (fires ? .review : nil), "\(count) of 100: \(outcome)")
      guard fires else { continue }
      let flags = try await harness.overrides()
      #expect(flags[FlagName.pipelineV3.rawValue] == "true")
      #expect(flags[FlagName.rolloutShare.rawValue] == "10", "the share of the phase before")
      #expect(try await harness.rolloutReport().state.resumesAt == "ten")
    }
  }

  @Test func afterAStepBack_v3IsStillWatched_untilItIsSwitchedOff() async throws {
    for byHand in [true, false] {
      let harness = try await PipelineHarness()
      try await harness.begin("fifty")
      try await harness.seed(84, .confirmed)
      try await harness.seed(16, .reviewed, "r")
      #expect(Self.rolledBack(try await harness.keeper.turn()) == .review)
      #expect(try await harness.keeper.turn() == .watched, "what a step back has answered is not answered twice")
      if byHand {
        try await harness.perform(.incident(.p0, text: "double seatings"))
      } else {
        try await harness.seed(50, .failed, "f")
        #expect(Self.rolledBack(try await harness.keeper.turn()) == .error)
      }
      #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "false")
      #expect(try await harness.rolloutReport().state.resumesAt == "ten", "the phase that it stepped back to")
      #expect(try await harness.keeper.turn() == .idle)
      #expect(
        try await harness.rolloutDesk.history(limit: 100, PipelineHarness.pager).filter { $0.kind == .rolledBack }.count
          == 2)
    }
  }

  @Test func breaker_fires_openForLongerThanFiveMinutes() async throws {
    for (seconds, fires) in [(300, false), (301, true)] {
      let harness = try await PipelineHarness()
      try await harness.begin("ten")
      let opened = harness.clock.now()
      harness.clock.advance(by: .seconds(seconds))
      try await harness.store.noteOpenBreakers(
        [BreakerOpening(instance: "i-1", name: "engine:house", openedAt: opened)], at: harness.clock.now())
      #expect(Self.rolledBack(try await harness.keeper.turn()) == (fires ? .breaker : nil), "\(seconds) s")
    }
  }

  @Test func incident_rollsBackAtOnce_withoutTheKeeper_butP2DoesNot() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    #expect(try await harness.perform(.incident(.p2, text: "slow")).state.status.name == "entered")
    let report = try await harness.perform(.incident(.p1, text: "wrong tables"))
    #expect(report.state.status.name == "rolled_back")
    #expect(report.state.resumesAt == "ten")
    #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "false")
    #expect(try await harness.told(.rollout).suffix(2) == ["rollout.incident", "rollout.rolled_back"])
    #expect(try await harness.keeper.turn() == .idle)
    let kept = try await harness.store.rolloutRecords(of: [], limit: 3, latest: true)
    #expect(kept.map(\.kind) == [.incident, .rolledBack, .gateEvaluated], "with what the run has measured")
    #expect(kept.last?.content.results?.first { $0.name == "incidents" }?.verdict == .fail, "the one that ended it")
  }

  /// 7 of 30 are surely above 10 %, 6 are not; and legacy must do better there.
  @Test(arguments: [(6, 0, false), (7, 0, true), (7, 12, false), (7, 1, true)])
  func restaurant_isForcedOut_atItsLimit(_ bad: Int, _ legacyBad: Int, _ fires: Bool) async throws {
    let harness = try await PipelineHarness()
    try await harness.seed(30 - legacyBad, .confirmed, "l", flow: .legacy)
    try await harness.seed(legacyBad, .reviewed, "lr", flow: .legacy)
    try await harness.begin("ten")
    try await harness.seed(30 - bad, .confirmed)
    try await harness.seed(bad, .reviewed, "r")
    let outcome = try await harness.keeper.turn()
    let state = try await harness.rolloutReport().state
    #expect(state.restaurantsOut.map(\.restaurant) == (fires ? ["house"] : []), "\(outcome)")
    #expect(state.status.name == (fires ? "holding" : "entered"))
    #expect(try await harness.overrides()["restaurant:house"] == (fires ? "out" : nil))
    #expect(try await harness.keeper.turn() == .watched, "once is enough")
  }

  // MARK: The rest

  @Test func rollback_isRecordedWithTheValue_andHoldsUntilAPersonResumes() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.seed(16, .confirmed)
    try await harness.seed(4, .failed, "f")
    _ = try await harness.keeper.turn()
    let records = try await harness.store.rolloutRecords(of: [.rolledBack, .gateEvaluated], limit: 9, latest: true)
    #expect(records.map(\.kind) == [.rolledBack, .gateEvaluated], "switched off first")
    #expect(records.first?.content.finding?.value == 20)
    #expect(records.first?.by.name == "automatic rollback")
    #expect(records.last?.content.figures?.v3.eligible == 20)
    #expect(try await harness.store.rolloutRuns().last?.ending == .rolledBack)
    harness.clock.advance(by: .seconds(3_600))
    #expect(try await harness.keeper.turn() == .idle)
    let resumed = try await harness.perform(.resume)
    #expect(resumed.run?.number == 2)
    #expect(resumed.state.status.name == "entered")
    #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "true")
    #expect(try await harness.keeper.turn() == .watched, "what the run before saw is past")
  }

  @Test func ofTwoKeepers_oneActs() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.seed(20, .failed)
    async let first = RolloutKeeper(environment: harness.environment).turn()
    async let second = RolloutKeeper(environment: harness.environment).turn()
    let outcomes = try await [first, second]
    #expect(outcomes.count { Self.rolledBack($0) != nil } == 1, "\(outcomes)")
    #expect(try await harness.told(.rollout).count { $0 == "rollout.rolled_back" } == 1)
  }

  @Test func phaseWithoutAutomaticRollback_isLeftAlone() async throws {
    let harness = try await PipelineHarness()
    var plan = PipelineHarness.plan()
    plan.phases[1].automaticRollback = false
    try await harness.begin("ten", plan)
    try await harness.seed(20, .failed)
    #expect(try await harness.keeper.turn() == .watched)
    #expect(try await harness.rolloutReport().rollback.isArmed == false)
  }

  @Test func withoutARollout_aTurnDoesNothing() async throws {
    let harness = try await PipelineHarness()
    try await harness.seed(20, .failed)
    #expect(try await harness.keeper.turn() == .idle)
    #expect(try await harness.told(.rollout) == [])
  }

  @Test func phase_isEntered_onceEveryLiveInstanceHasItsFlags() async throws {
    let harness = try await PipelineHarness()
    try await harness.see(epoch: 0)
    try await harness.begin("ten")
    #expect(try await harness.rolloutReport().waitingFor == ["i-1"])
    #expect(try await harness.keeper.turn() == .watched)
    #expect(harness.keeper.interval == RolloutKeeper.pace)
    let keeper = harness.keeper
    _ = try await keeper.turn()
    #expect(keeper.interval == RolloutKeeper.fastPace)
    try await harness.see(epoch: try await harness.store.flagsEpoch())
    harness.clock.advance(by: .seconds(1))
    guard case .entered = try await keeper.turn() else {
      Issue.record("not entered")
      return
    }
    let report = try await harness.rolloutReport()
    #expect(report.state.status.name == "entered")
    #expect(report.run?.enteredAt == harness.clock.now())
    #expect(try await harness.told(.rollout).last == "rollout.phase_entered")
  }

  @Test func killSwitch_holdsThePhase_andResumingNeedsItReleased() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.set(.flag(.killSwitch), "true")
    #expect(try await harness.keeper.turn() == .heldByKill)
    #expect(try await harness.keeper.turn() == .watched)
    let report = try await harness.rolloutReport()
    #expect(report.state.status.name == "holding")
    #expect(report.stored.isKilled)
    #expect(report.advice.command == "headwaiter kill --release --reason TEXT")
    await #expect(throws: DeskError.self) { try await harness.perform(.resume) }
    try await harness.clear(.flag(.killSwitch))
    let resumed = try await harness.perform(.resume)
    #expect(resumed.state.status.name == "entered")
    #expect(resumed.run?.number == 1, "the same run goes on")
  }
}

extension PipelineHarness {
  /// An instance that heeds flags of an epoch.
  func see(epoch: Int64, environment settings: FlagSettings = FlagSettings()) async throws {
    try await store.publishInstance(
      InstanceRecord(id: "i-1", host: "h", flags: settings, startedAt: clock.now(), flagsEpoch: epoch))
  }
}
