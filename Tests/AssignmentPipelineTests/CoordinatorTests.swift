import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import SeatingEngine
import Testing

@Suite struct CoordinatorTests {
  @Test func `a booking that fits goes all the way, and its history shows each state`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    let outcomes = await harness.worker.runOnce()
    let booking = try await harness.booking()
    #expect(outcomes == [.confirmed(strategy: booking.strategy ?? .manual, tables: booking.tables)])
    #expect(booking.status == .confirmed)
    #expect(booking.flow == .v3)
    #expect(
      try await harness.states() == [
        .created, .capacityVerified, .assignmentPending, .assignmentInProgress, .assigned, .confirmed,
      ])
    #expect(try await harness.store.history(of: "b-1").map(\.version) == [1, 2, 3, 4, 5, 6])
    #expect(booking.version == 6)
  }

  @Test func `confirming writes claims, attempt, decision and notice, and leaves no job, lease or permit`() async throws
  {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let booking = try await harness.booking()
    let claims = try await harness.store.claims(of: "b-1")
    #expect(claims.map(\.table) == booking.tables)
    #expect(claims.allSatisfy { $0.kind == .allocation && $0.window == booking.slot.block })
    let attempts = try await harness.store.attempts(of: "b-1")
    #expect(attempts.map(\.result) == [.success])
    let decision = try await harness.store.decision(try #require(booking.decisionID))
    #expect(decision?.bookingID == "b-1")
    #expect(try await harness.store.notices(of: "b-1").map(\.kind) == [.confirmed])
    #expect(try await harness.store.job(of: "b-1") == nil)
    #expect(harness.locks.heldCount == 0)
    guard case .acquired = try await harness.store.acquireLease("booking:b-1", owner: "other", ttl: .seconds(1)) else {
      Issue.record("the lease was given back")
      return
    }
  }

  @Test func `the coordinator tells its steps in order`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let types = try await harness.eventTypes().filter { $0 != "booking.assignment_state_transition" }
    #expect(
      types == [
        "coordinator.start", "coordinator.lock_acquired", "coordinator.rate_permit_acquired", "engine.planned",
        "coordinator.confirmed",
      ])
  }

  @Test func `switched off, the outcome is noop and nothing is written`() async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: false))
    try await harness.create(.sample())
    let coordinator = AssignmentCoordinator(environment: harness.environment, locks: harness.locks)
    let job = try #require(try await harness.store.job(of: "b-1"))
    #expect(await coordinator.processBooking(job) == .noop(reason: .pipelineDisabled))
    #expect(try await harness.booking().version == 1)
  }

  @Test(arguments: [
    (20, CapacityRejection.partyTooLarge), (2, .outsideService), (2, .offGrid), (2, .inThePast), (2, .serviceOverrun),
  ]) func `what breaks a capacity rule fails with its reason and burns no attempt`(
    party: Int, rejection: CapacityRejection
  ) async throws {
    let harness = try await PipelineHarness()
    let minutes =
      switch rejection {
      case .outsideService: 225  // 16:45 in London, between lunch and dinner
      case .offGrid: 367
      case .inThePast: -60
      case .serviceOverrun: 570
      default: 360
      }
    let record = BookingRecord.sample(party: party, start: ManualClock.start.adding(minutes: minutes))
    try await harness.create(record)
    await harness.worker.runOnce()
    let booking = try await harness.booking()
    #expect(booking.state == .failed)
    #expect(booking.status == .cancelled)
    #expect(booking.reason == OutcomeReason(rejection))
    #expect(try await harness.store.attempts(of: "b-1").isEmpty)
  }

  @Test func `no table goes to review at once, with a deadline and a failed attempt`() async throws {
    let harness = try await PipelineHarness()
    try await harness.block(Restaurant.sampleTables.map(\.number))
    try await harness.create(.sample())
    #expect(await harness.worker.runOnce() == [.manualReview(reason: .noTable)])
    let booking = try await harness.booking()
    #expect(booking.state == .manualReview)
    #expect(booking.status == .pending)
    #expect(booking.reviewDeadline == booking.slot.dining.start.adding(minutes: -30))
    #expect(try await harness.store.attempts(of: "b-1").map(\.reason) == [.noTable])
    #expect(try await harness.store.notices(of: "b-1").map(\.kind) == [.needsReview])
  }

  @Test func `the decision that found no table is kept, and the history names it`() async throws {
    let harness = try await PipelineHarness()
    try await harness.block(Restaurant.sampleTables.map(\.number))
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let id = try #require(try await harness.store.history(of: "b-1").last?.metadata["decision"])
    let stored = try #require(try await harness.store.decision(id))
    let record = try #require(DecisionDocument.decode(stored.document))
    #expect(record.ranking.plans.isEmpty)
    #expect(record.ranking.rejections.contains { $0.reason == .occupied && $0.count > 0 })
    #expect(try await harness.booking().decisionID == nil, "it has chosen nothing")
  }

  @Test func `a foreign hold in the way is waited for, without an attempt`() async throws {
    let harness = try await PipelineHarness()
    let record = BookingRecord.sample()
    try await harness.block(Restaurant.sampleTables.map(\.number).filter { $0 != "T1" })
    var unit = WriteUnit(label: "test.hold")
    unit.claims = [
      Claim(restaurantID: "house", table: "T1", kind: .hold, window: record.slot.block, groupID: "h-1")
    ]
    unit.newHold = NewHold(
      hold: Hold(
        id: "h-1", restaurantID: "house", tables: ["T1"], party: 2, slot: record.slot, wishes: SeatingWishes(),
        caller: "someone", expiresAt: harness.clock.now()),
      ttl: .seconds(180), limit: 5)
    try await harness.store.commit(unit)
    try await harness.create(record)
    let outcome = try #require(await harness.worker.runOnce().first)
    #expect(outcome == .retry(reason: .holdConflict, delay: .seconds(1)))
    #expect(try await harness.booking().state == .assignmentPending)
    #expect(try await harness.store.attempts(of: "b-1").isEmpty)
    #expect(await harness.worker.runOnce().isEmpty, "the wait is stored")
    harness.clock.advance(by: .seconds(181))
    await harness.worker.runOnce()
    #expect(try await harness.booking().tables == ["T1"])
  }

  @Test func `suggest gives the best plans to a person`() async throws {
    let harness = try await PipelineHarness(restaurant: .sample(automation: .suggest))
    try await harness.create(.sample())
    #expect(await harness.worker.runOnce() == [.manualReview(reason: .suggestOnly)])
    let plans = try await harness.store.history(of: "b-1").last?.metadata["plans"]
    #expect(plans?.split(separator: ",").count == 3)
  }

  @Test func `a conflict with another booking means the next plan`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: .confirming) { try await harness.block(["T1"]) }
    harness.faults.once(at: .planned) { try await harness.block(["T2"]) }
    await harness.worker.runOnce()
    let booking = try await harness.booking()
    #expect(booking.state == .confirmed)
    #expect(Set(booking.tables).isDisjoint(with: ["T1", "T2"]))
  }

  @Test func `a system fault counts as an attempt and waits with backoff; the fifth goes to a person`() async throws {
    let harness = try await PipelineHarness()
    harness.faults.fail(at: .planned, times: 5)
    try await harness.create(.sample())
    for expected in [1, 2, 4, 8] {
      #expect(await harness.worker.runOnce() == [.retry(reason: .systemError, delay: .seconds(expected))])
      #expect(await harness.worker.runOnce().isEmpty)
      harness.clock.advance(by: .seconds(expected))
    }
    #expect(await harness.worker.runOnce() == [.manualReview(reason: .maxAttempts)])
    #expect(try await harness.store.attempts(of: "b-1").map(\.attemptNumber) == [1, 2, 3, 4, 5])
    #expect(try await harness.store.history(of: "b-1").last?.metadata["last_reason"] == "system_error")
    #expect(try await harness.eventTypes().filter { $0 == "coordinator.error" }.count == 5)
  }

  @Test func `flags that change during a try stop its confirmation`() async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: true, epoch: 7))
    try await harness.create(.sample())
    #expect(await harness.worker.runOnce() == [.retry(reason: .versionConflict, delay: .milliseconds(20))])
    #expect(try await harness.booking().state == .assignmentPending)
    #expect(try await harness.store.claims(of: "b-1").isEmpty)
  }

  @Test func `a floor edited during a try is planned again on the new one`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: .planned) {
      try await harness.put(.sample(tables: [DiningTable(number: "N1", zone: "Main", capacity: 2)]))
    }
    await harness.worker.runOnce()
    harness.clock.advance(by: .seconds(1))
    await harness.worker.runOnce()
    #expect(try await harness.booking().tables == ["N1"])
  }
}
