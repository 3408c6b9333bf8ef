import AssignmentStore
import BookingDomain
import Rollout
import Testing

@testable import Rehearsal

/// Small rehearsals, each from its first guest to its end.
@Suite struct RehearsalTests {
  private func expectSound(_ result: RehearsalResult, _ location: SourceLocation = #_sourceLocation) {
    #expect(result.tally.unfinished == 0, "every booking ends", sourceLocation: location)
    #expect(result.tally.asked == result.tally.booked + result.tally.refused, sourceLocation: location)
    #expect(result.invariants.total == 0, "\(result.invariants)", sourceLocation: location)
    #expect(result.falseAlarms == 0, "\(result.moments)", sourceLocation: location)
  }

  private func first(_ kind: RehearsalMoment.Kind, _ result: RehearsalResult) -> RehearsalMoment? {
    result.moments.first { $0.kind == kind }
  }

  @Test func `where all is well every phase is entered once and nothing rolls back`() async throws {
    let result = try await SmallRehearsal.play(try SmallRehearsal.scenario())
    expectSound(result)
    let entered = result.moments.filter { $0.kind == .entered }.compactMap(\.phase)
    #expect(entered == SmallRehearsal.plan.phases.map(\.name), "\(result.moments)")
    #expect(result.caughtBy == .none)
    #expect(result.fired.isEmpty)
    #expect(result.tally.affected == 0)
    #expect(result.isAsExpected, "\(result.unexpected)")
    #expect(result.moments.contains { $0.kind == .drill && $0.phase == "production_10" })
  }

  @Test func `the same seed gives the same rehearsal, another one another`() async throws {
    let scenario = try SmallRehearsal.scenario("v3-worse-everywhere") { $0.days = 2 }
    let one = try await SmallRehearsal.play(scenario, seed: 5)
    let same = try await SmallRehearsal.play(scenario, seed: 5)
    let other = try await SmallRehearsal.play(scenario, seed: 6)
    #expect(one.moments == same.moments)
    #expect(one.tally == same.tally)
    #expect(one.endedAt == same.endedAt)
    #expect(one.lastGate == same.lastGate)
    #expect(one.tally != other.tally)
  }

  @Test func `a slow planner is held by the gate on latency`() async throws {
    var plan = SmallRehearsal.plan
    plan.phases[1].leastHours = 24
    let scenario = try SmallRehearsal.scenario("v3-slower") { scenario in
      scenario.days = 2
      scenario.faults[0].milliseconds = 1_800
    }
    let result = try await SmallRehearsal.play(scenario, plan: plan)
    expectSound(result)
    // So slow a planner may open breakers as well.
    #expect(["gate:latency_p95", "gate:breaker_open"].contains(result.caughtBy.name), "\(result.moments)")
    #expect(result.lastGate.first { $0.name == "latency_p95" }?.verdict == .fail)
    #expect(result.phase == "staging_full")
  }

  @Test func `a worse planner of one restaurant sends that one to legacy`() async throws {
    let scenario = try SmallRehearsal.scenario("v3-worse-in-one-restaurant") { scenario in
      scenario.faults[0].phase = "production_50"
      scenario.faults[0].afterHours = 0
      scenario.faults[0].percent = 60
      scenario.days = 4
    }
    let result = try await SmallRehearsal.play(scenario)
    expectSound(result)
    #expect(result.fired.first == .restaurant || result.fired.first == .review, "\(result.moments)")
    #expect(result.tally.affectedByV3 > 0)
  }

  @Test func `a planner that is worse everywhere makes the rollout step back`() async throws {
    let scenario = try SmallRehearsal.scenario("v3-worse-everywhere") { $0.faults[0].percent = 50 }
    let result = try await SmallRehearsal.play(scenario)
    expectSound(result)
    #expect([.rollback(.review), .rollback(.restaurant)].contains(result.caughtBy), "\(result.moments)")
    #expect(result.furthestPhase == "production_10")
    let caught = try #require(result.caught)
    #expect(caught.bookingsByV3 >= 5)
    #expect(result.tally.affectedByV3 <= caught.bookingsByV3 + 20, "it ended soon after")
  }

  @Test func `a planner that is worse from the beginning is held in shadow`() async throws {
    let result = try await SmallRehearsal.play(
      try SmallRehearsal.scenario("v3-worse-in-shadow") { scenario in
        scenario.faults[0].percent = 40
        scenario.days = 2
      })
    expectSound(result)
    #expect(result.furthestPhase == "staging_shadow")
    guard case .gate(_, .fail) = result.caughtBy else {
      Issue.record("caught by \(result.caughtBy): \(result.moments)")
      return
    }
    #expect(result.tally.affected == 0, "shadow hurts nobody")
    #expect(result.tally.byV3 == 0)
  }

  @Test func `planners that fail open breakers, and V3 is switched off`() async throws {
    let scenario = try SmallRehearsal.scenario("breaker-storm") { scenario in
      scenario.faults[0].restaurants = nil
      scenario.faults[0].afterHours = 1
      scenario.faults[0].lastsHours = 8
      scenario.people.resumeHours = 10
    }
    let result = try await SmallRehearsal.play(scenario)
    expectSound(result)
    #expect([.rollback(.breaker), .rollback(.error)].contains(result.caughtBy), "\(result.moments)")
    #expect(first(.rolledBack, result)?.phase == "production_50")
    #expect(first(.resumed, result) != nil)
  }

  @Test func `after an outage of storage V3 is off, and everybody who asked has an answer`() async throws {
    let scenario = try SmallRehearsal.scenario("storage-outage") { $0.faults[0].afterHours = 1 }
    let result = try await SmallRehearsal.play(scenario)
    expectSound(result)
    #expect(result.caughtBy == .rollback(.breaker), "\(result.moments)")
    let ended = try #require(first(.faultEnded, result))
    let rolledBack = try #require(first(.rolledBack, result))
    #expect(rolledBack.at.since(ended.at) < .seconds(30), "as soon as storage is back")
  }

  @Test func `an incident P1 switches V3 off, and a person resumes`() async throws {
    let scenario = try SmallRehearsal.scenario("p1-incident") { $0.faults[0].afterHours = 1 }
    let result = try await SmallRehearsal.play(scenario)
    expectSound(result)
    #expect(result.caughtBy == .rollback(.incident), "\(result.moments)")
    #expect(result.reportedRun == 5, "the run at 50 % that it stopped, not the last one")
    let incident = try #require(first(.incident, result))
    #expect(first(.rolledBack, result)?.at == incident.at, "at once")
    #expect(result.furthestPhase == "legacy_cleanup")
  }

  @Test func `too little data holds to the end, and never passes`() async throws {
    let scenario = try SmallRehearsal.scenario("too-little-data") { scenario in
      scenario.restaurants = 3
      scenario.bookingsPerDay = 12
      scenario.days = 6
    }
    let result = try await SmallRehearsal.play(scenario)
    expectSound(result)
    guard case .gate(_, .notEnoughData) = result.caughtBy else {
      Issue.record("caught by \(result.caughtBy): \(result.moments)")
      return
    }
    #expect(result.fired.isEmpty)
    #expect(result.furthestPhase != "legacy_cleanup")
  }
}
