import BookingDomain
import Rollout
import Testing

/// What the steps of a rollout change, and what a refusal names.
struct RolloutMachineTests {
  private let machine = RolloutMachine(.standard)

  private func apply(
    _ command: RolloutCommand, by actor: RolloutActor = Samples.person, to state: RolloutState,
    _ moment: RolloutMoment = RolloutStates.moment()
  ) throws(RolloutRefusal) -> RolloutStep {
    try machine.apply(command, by: actor, to: state, at: moment)
  }

  private func refusal(
    _ command: RolloutCommand, by actor: RolloutActor = Samples.person, to state: RolloutState,
    _ moment: RolloutMoment = RolloutStates.moment()
  ) -> RolloutRefusal? {
    do throws(RolloutRefusal) {
      _ = try machine.apply(command, by: actor, to: state, at: moment)
      return nil
    } catch { return error }
  }

  /// Signs a run off and goes on until there is no next phase.
  @Test func advance_allGood_goesThroughTheSevenPhases() throws {
    var state = RolloutState()
    var seen: [String] = []
    var changes: [[RolloutChange]] = []
    var now = Samples.start
    while true {
      do throws(RolloutRefusal) {
        let moment = RolloutMoment(now: now, figures: Samples.good())
        let step = try apply(.advance, to: state, moment)
        changes.append(step.changes)
        state = try apply(.arrived, to: step.state, moment).state
      } catch {
        guard case .lastPhase("legacy_cleanup") = error else { throw error }
        break
      }
      seen.append(try #require(state.run?.phase))
      state = try signedOff(state, now)
      now = now.adding(.seconds(8 * 86_400))
    }
    #expect(seen == RolloutPlan.standard.phases.map(\.name))
    #expect(state.run?.number == 7)
    #expect(changes[0] == [.setFlags(FlagSettings(shadow: true)), .setShare(0)])
    #expect(changes[1] == [.setFlags(FlagSettings(pipelineV3: true, shadow: false)), .setShare(100)])
    #expect(changes[3] == [.setFlags(FlagSettings(pipelineV3: true, shadow: false)), .setShare(10)])
    #expect(changes[4].contains(.setShare(50)))
    #expect(changes.map { $0.contains(.writeCleanupChecklist) } == [false, false, false, false, false, false, true])
  }

  private func signedOff(_ state: RolloutState, _ now: Timestamp) throws(RolloutRefusal) -> RolloutState {
    var state = state
    guard let run = state.run, let phase = RolloutPlan.standard.phase(run.phase) else { return state }
    for role in phase.signedOffBy {
      let actor = RolloutActor(name: role.rawValue, role: role)
      state = try apply(.signOff(run: run.number), by: actor, to: state, RolloutMoment(now: now)).state
    }
    if phase.also.contains(where: { $0.kind == .drill }) {
      let drill = RolloutCommand.drill(DrillResult(at: now, recoverySeconds: 5))
      state = try apply(drill, by: Samples.engineer, to: state, RolloutMoment(now: now)).state
    }
    return state
  }

  @Test func advance_everythingMissing_namesAllOfIt() throws {
    var state = RolloutStates.state("entered")
    state.signOffs.removeAll { $0.role == .productOwner }
    var moment = RolloutStates.moment()
    moment.figures?.v3 = Samples.flow(100, unconfirmed: 10)
    moment.figures?.stuck = nil
    moment.instances = [
      .init(name: "web-1", environment: FlagSettings(pipelineV3: true)),
      .init(name: "web-2", environment: FlagSettings(pipelineV3: false)),
    ]
    guard case .notReady(let missing) = refusal(.advance, to: state, moment) else {
      Issue.record("advanced")
      return
    }
    let names = missing.map { item in
      switch item {
      case .criterion(let result): "\(result.name) \(result.verdict.rawValue)"
      case .signOff(let role): role.rawValue
      case .environment(let instance, let flag): "\(instance) \(flag)"
      case .killSwitch: "killed"
      }
    }
    #expect(
      names == [
        "confirmation fail", "stuck not_enough_data", "error_rate not_enough_data", "product_owner",
        "web-2 FEATURE_ASSIGNMENT_PIPELINE_V3",
      ])
  }

  @Test func advance_nothingMeasured_isRefused() {
    guard case .notReady = refusal(.advance, to: RolloutStates.state("entered"), RolloutStates.moment(nil)) else {
      Issue.record("advanced")
      return
    }
  }

  /// What the state knows better than whoever measured.
  @Test func advance_seriousIncidentOrNoDrillInState_isRefusedWhateverTheFiguresSay() {
    var incident = RolloutStates.state("entered")
    incident.incidents = [Incident(level: .p1, text: "down", by: "a", run: 4, at: Samples.start)]
    #expect("\(refusal(.advance, to: incident) as Any)".contains("incidents"))
    var undrilled = RolloutStates.state("entered")
    undrilled.drills = []
    #expect("\(refusal(.advance, to: undrilled) as Any)".contains("drill"))
  }

  @Test func force_gateFails_goesOnAndRecordsReasonAndWhatWasMissing() throws {
    let state = RolloutStates.state("entered")
    let step = try apply(.force(reason: "agreed by phone", to: nil), to: state, RolloutStates.moment(nil))
    #expect(step.state.run?.phase == "production_50")
    let event = try #require(step.events.first)
    #expect(event.type == "rollout.gate_evaluated")
    #expect(event.context["reason"] == "agreed by phone")
    guard case .list(let missing) = event.context["missing"] else {
      Issue.record("nothing missing")
      return
    }
    #expect(missing.count > 5)
  }

  @Test func force_toAPhase_entersItFromTheStart() throws {
    let step = try apply(.force(reason: "no staging here", to: "production_shadow"), to: RolloutState())
    #expect(step.state.run?.phase == "production_shadow")
    #expect(
      refusal(.force(reason: "x", to: "production_5"), to: RolloutState())
        == .unknownPhase(
          "production_5", allowed: RolloutPlan.standard.phases.map(\.name), suggestion: "production_50"))
  }

  @Test func force_environmentSaysFalse_isRefusedToo() {
    var moment = RolloutStates.moment()
    moment.instances = [.init(name: "web-2", environment: FlagSettings(pipelineV3: false))]
    #expect(
      refusal(.force(reason: "x", to: nil), to: RolloutStates.state("entered"), moment)
        == .notReady([.environment(instance: "web-2", flag: FeatureFlags.v3Name)]))
  }

  @Test(arguments: [
    RolloutCommand.hold(reason: ""), .hold(reason: " \n"), .abort(reason: ""), .force(reason: "", to: nil),
    .incident(.p3, text: ""), .knownIssue(text: ""), .hold(reason: String(repeating: "x", count: 501)),
  ])
  func apply_withoutReason_isRefused(_ command: RolloutCommand) {
    #expect(refusal(command, to: RolloutStates.state("entered")) == .textMissing(command: command.name))
  }

  @Test func signOff_wrongRoleRunOrAgain_isRefused() throws {
    var state = RolloutStates.state("entered")
    #expect(
      refusal(.signOff(run: 4), by: Samples.qa, to: state)
        == .notASigner(.qaLead, phase: "production_10", asked: [.onCallEngineer, .productOwner]))
    #expect(refusal(.signOff(run: 3), by: Samples.owner, to: state) == .wrongRun(given: 3, present: 4))
    #expect(refusal(.signOff(run: 4), by: Samples.owner, to: state) == .alreadySigned(.productOwner, by: "someone"))
    state.signOffs = []
    let step = try apply(.signOff(run: 4), by: Samples.owner, to: state)
    #expect(step.state.signOffs.map(\.role) == [.productOwner])
    #expect(step.events.map(\.type) == ["rollout.signed_off"])
  }

  @Test func resume_afterRollback_entersANewRunWhoseSignOffsAreVoid() throws {
    let state = RolloutStates.state("entered")
    let rolledBack = try #require(machine.rollBack([RolloutStates.finding], state, now: RolloutStates.now))
    let resumed = try apply(.resume, to: rolledBack.state)
    #expect(resumed.changes == [.setFlags(FlagSettings(pipelineV3: true, shadow: false)), .setShare(10)])
    let entered = try apply(.arrived, to: resumed.state).state
    #expect(entered.run == PhaseRun(number: 5, phase: "production_10", enteredAt: RolloutStates.now))
    var moment = RolloutStates.moment()
    moment.now = RolloutStates.now.adding(.seconds(9 * 86_400))
    let refused = "\(refusal(.advance, to: entered, moment) as Any)"
    #expect(refused.contains("sign-off") || refused.contains("signOff"))
    #expect(refused.contains("on_call_engineer") || refused.contains("onCallEngineer"))
  }

  @Test func abort_anyPhase_switchesEverythingOff() throws {
    let step = try apply(.abort(reason: "not this year"), to: RolloutStates.state("entered"))
    #expect(step.changes == [.setFlags(FlagSettings(pipelineV3: false, shadow: false)), .setShare(100)])
    #expect(step.events.map(\.type) == ["rollout.aborted"])
    #expect(try apply(.advance, to: step.state).state.run?.phase == "staging_shadow")
  }
}
