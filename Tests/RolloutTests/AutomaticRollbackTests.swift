import BookingDomain
import Rollout
import Testing

/// What a finding does to a rollout.
struct AutomaticRollbackTests {
  private let machine = RolloutMachine(.standard)

  private func finding(_ rule: RollbackFinding.Rule, _ restaurant: RestaurantID? = nil) -> RollbackFinding {
    RollbackFinding(
      rule: rule, value: 20, sample: 100, bound: 13, limit: 10, restaurant: restaurant, sentence: "\(rule) is bad")
  }

  private func rollBack(_ findings: [RollbackFinding], phase: String = "production_50") -> RolloutStep? {
    machine.rollBack(findings, RolloutStates.state("entered", phase: phase), now: RolloutStates.now)
  }

  @Test(arguments: [RollbackFinding.Rule.error, .breaker, .incident])
  func rollBack_errorBreakerOrIncident_switchesV3OffWithShadowOn(_ rule: RollbackFinding.Rule) throws {
    let step = try #require(rollBack([finding(rule)]))
    #expect(step.changes == [.setFlags(FlagSettings(pipelineV3: false, shadow: true))])
    guard case .rolledBack(let rollback) = step.state.status else {
      Issue.record("not rolled back")
      return
    }
    #expect(rollback.resumesAt == "production_50")
    #expect(rollback.finding == finding(rule))
    let event = try #require(step.events.first)
    #expect(event.type == "rollout.rolled_back")
    #expect(event.severity == .error)
    #expect(event.context["value"] == 20.0)
    #expect(event.context["limit"] == 10.0)
    #expect(event.context["rule"] == .string(rule.rawValue))
  }

  @Test(arguments: [
    ("production_100", "production_50", FlagSettings(pipelineV3: true, shadow: false), 50),
    ("production_50", "production_10", FlagSettings(pipelineV3: true, shadow: false), 10),
    ("production_10", "production_shadow", FlagSettings(pipelineV3: false, shadow: true), 0),
  ])
  func rollBack_review_stepsOnePhaseBack(
    _ phase: String, _ before: String, _ flags: FlagSettings, _ share: Int
  ) throws {
    let step = try #require(rollBack([finding(.review)], phase: phase))
    #expect(step.changes == [.setFlags(flags), .setShare(share)])
    let resumed = try machine.apply(
      .resume, by: Samples.engineer, to: step.state, at: RolloutStates.moment(nil))
    #expect(resumed.state.run?.phase == before)
  }

  @Test func rollBack_reviewWithoutAPhaseBefore_switchesOff() throws {
    let step = try #require(rollBack([finding(.review)], phase: "production_shadow"))
    #expect(step.changes == [.setFlags(FlagSettings(pipelineV3: false, shadow: true))])
  }

  @Test func rollBack_restaurants_areForcedOutAndThePhaseHolds() throws {
    let step = try #require(rollBack([finding(.restaurant, "one"), finding(.restaurant, "two")]))
    #expect(step.changes == [.forceOut("one"), .forceOut("two")])
    #expect(step.state.status.name == "holding")
    #expect(step.state.run?.phase == "production_50")
    #expect(step.events.map(\.restaurantID) == ["one", "two"])
    #expect(machine.rollBack([finding(.restaurant, "one")], step.state, now: RolloutStates.now) == nil)
    let third = try #require(
      machine.rollBack([finding(.restaurant, "three")], step.state, now: RolloutStates.now))
    #expect(third.changes == [.forceOut("three")])
    #expect(third.state.status == step.state.status)
  }

  @Test func rollBack_severalFindings_mostDrasticDecides() throws {
    let step = try #require(rollBack([finding(.restaurant, "one"), finding(.review), finding(.error)]))
    #expect(step.changes == [.setFlags(FlagSettings(pipelineV3: false, shadow: true))])
    let milder = try #require(rollBack([finding(.restaurant, "one"), finding(.review)]))
    #expect(milder.changes.contains(.setShare(10)))
  }

  @Test func rollBack_stagingOrNoFinding_doesNothing() {
    #expect(rollBack([finding(.error)], phase: "staging_full") == nil)
    #expect(rollBack([]) == nil)
  }

  @Test(arguments: IncidentLevel.allCases)
  func incident_inProduction_rollsBackAtOnceWhenSerious(_ level: IncidentLevel) throws {
    let step = try machine.apply(
      .incident(level, text: "guests see errors"), by: Samples.engineer, to: RolloutStates.state("entered"),
      at: RolloutStates.moment(nil))
    #expect(step.state.incidents.map(\.level) == [level])
    #expect(step.state.status.name == (level.isSerious ? "rolled_back" : "entered"))
    let types = step.events.map(\.type)
    #expect(types == (level.isSerious ? ["rollout.incident", "rollout.rolled_back"] : ["rollout.incident"]))
    #expect(!step.events.contains { "\($0.context)".contains("guests see errors") })
  }

  @Test func incident_inStaging_isRecordedAndFailsTheGate() throws {
    let step = try machine.apply(
      .incident(.p0, text: "down"), by: Samples.qa, to: RolloutStates.state("entered", phase: "staging_full"),
      at: RolloutStates.moment(nil))
    #expect(step.state.status.name == "entered")
    let gate = machine.gate(Samples.good(), step.state, now: RolloutStates.now)
    #expect(gate.filter { $0.verdict == .fail }.map(\.name) == ["incidents"])
  }
}
