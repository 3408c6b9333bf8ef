import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import Testing

@testable import AssignmentPipeline

@Suite("The rollback drill") struct RolloutDrillTests {
  private static func start(_ harness: PipelineHarness) async throws -> RolloutReport {
    try await harness.rolloutDesk.drill(RolloutRequest(caller: PipelineHarness.pager))
  }

  @Test func drill_isOff_untilAllInstancesSeeIt_andNothingIsUnderWay_thenOn() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    _ = try await harness.leave("b-1", in: .assignmentInProgress)
    try await harness.see(epoch: 0)
    let report = try await Self.start(harness)
    #expect(report.stored.drill?.run == 1)
    #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "false")
    let keeper = harness.keeper
    #expect(try await keeper.turn() == .watched, "an instance has not seen it")
    try await harness.see(epoch: try await harness.store.flagsEpoch())
    harness.clock.advance(by: .seconds(2))
    #expect(try await keeper.turn() == .watched, "a booking is under way in V3")
    try await harness.seeFlags()
    try await HandOverKeeper(environment: harness.environment).runOnce()
    harness.clock.advance(by: .seconds(1))
    try await harness.see(epoch: try await harness.store.flagsEpoch())
    guard case .drillEnded(let result) = try await keeper.turn() else {
      Issue.record("the drill did not end")
      return
    }
    #expect(result.recoverySeconds == 3)
    let after = try await harness.rolloutReport()
    #expect(after.stored.drill == nil)
    #expect(after.state.drills.map(\.result) == [result])
    #expect(after.state.drills.first?.by == "pager")
    #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "true")
    #expect(try await harness.told(.rollout).suffix(2) == ["rollout.drill", "rollout.drill"])
    #expect(
      try await harness.store.rolloutRecords(of: [.drillStarted, .drill], limit: 9, latest: true).map(\.kind)
        == [.drillStarted, .drill])
  }

  @Test func drillOfADeadProcess_isEndedByAnother() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.see(epoch: 0)
    _ = try await Self.start(harness)
    // Whoever began it is gone, and so is the instance.
    harness.clock.advance(by: .seconds(30))
    let other = RolloutKeeper(environment: harness.environment)
    guard case .drillEnded(let result) = try await other.turn() else {
      Issue.record("the drill did not end")
      return
    }
    #expect(result.recoverySeconds == 30)
    #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "true")
  }

  @Test func drill_thatDoesNotRecover_ends_andFailsTheCriterion() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten", PipelineHarness.plan([CriterionRule(.drill, 300)]))
    _ = try await harness.leave("b-1", in: .assignmentInProgress)
    _ = try await Self.start(harness)
    harness.clock.advance(by: .seconds(599))
    #expect(try await harness.keeper.turn() == .watched)
    harness.clock.advance(by: .seconds(1))
    guard case .drillEnded = try await harness.keeper.turn() else {
      Issue.record("the drill did not end")
      return
    }
    #expect(try await harness.result(.drill)?.verdict == .fail)
    #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "true")
  }

  @Test func drill_passesTheCriterion_whereNothingIsInTheWay() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten", PipelineHarness.plan([CriterionRule(.drill, 300)]))
    #expect(try await Self.start(harness).stored.drill == nil, "without instances it is over at once")
    #expect(try await harness.result(.drill)?.verdict == .pass)
  }

  @Test func duringADrill_noPhaseIsLeft_andAnAbortEndsIt() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.see(epoch: 0)
    _ = try await Self.start(harness)
    for command in [RolloutCommand.advance, .force(reason: "now", to: nil)] {
      await #expect(throws: DeskError.self) { try await harness.perform(command) }
    }
    await #expect(throws: DeskError.self) { _ = try await Self.start(harness) }
    let aborted = try await harness.perform(.abort(reason: "enough"))
    #expect(aborted.stored.drill == nil)
    #expect(
      try await harness.store.rolloutRecords(of: [.drillStopped, .drill], limit: 9, latest: true).map(\.kind)
        == [.drillStopped])
    #expect(try await harness.overrides()[FlagName.pipelineV3.rawValue] == "false")
  }

  @Test func killSwitch_endsADrill_withoutAResult() async throws {
    let harness = try await PipelineHarness()
    try await harness.begin("ten")
    try await harness.see(epoch: 0)
    _ = try await Self.start(harness)
    try await harness.set(.flag(.killSwitch), "true")
    #expect(try await harness.keeper.turn() == .heldByKill)
    let report = try await harness.rolloutReport()
    #expect(report.stored.drill == nil)
    #expect(report.state.drills == [])
    #expect(
      try await harness.overrides()[FlagName.pipelineV3.rawValue] == "true", "as the phase wants it, once released")
  }

  @Test func killSwitch_endsADrill_alsoWhereThePhaseHolds_andItIsRecorded() async throws {
    for isHeld in [false, true] {
      let harness = try await PipelineHarness()
      try await harness.begin("ten")
      try await harness.see(epoch: 0)
      if isHeld { try await harness.perform(.hold(reason: "a look")) }
      _ = try await Self.start(harness)
      try await harness.set(.flag(.killSwitch), "true")
      #expect(try await harness.keeper.turn() == .heldByKill)
      let report = try await harness.rolloutReport()
      #expect(report.stored.drill == nil)
      #expect(report.state.drills == [])
      let kinds = try await harness.rolloutDesk.history(limit: 100, PipelineHarness.pager).map(\.kind)
      #expect(kinds.filter { $0 == .drillStopped }.count == 1)
      #expect(try await harness.keeper.turn() == .watched)
    }
  }

  @Test func drill_outsideOfAPhase_isRefused() async throws {
    let harness = try await PipelineHarness()
    await #expect(throws: DeskError.self) { _ = try await Self.start(harness) }
  }
}
