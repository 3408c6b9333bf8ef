import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import SeatingEngine
import Testing

@testable import AssignmentPipeline

@Suite struct PlannerFaultTests {
  @Test func `a planner that hangs ends the try with timeout, while it hangs`() async throws {
    let harness = try await PipelineHarness()
    let gate = PlannerGate()
    defer { gate.open() }
    try await harness.create(.sample())
    #expect(try await harness.runHanging(at: gate) == .retry(reason: .timeout, delay: .seconds(1)))
    #expect(harness.environment.planning.hungCount == 1)
    #expect(try await harness.booking().state == .assignmentPending)
    #expect(try await harness.store.attempts(of: "b-1").map(\.reason) == [.timeout])
    #expect(try await harness.store.job(of: "b-1")?.failures == 1)
    #expect(harness.locks.heldCount == 0)
    var permit = WriteUnit(label: "test.permit")
    permit.permit = PermitRequest(restaurantID: "house", bookingID: "x", owner: "x", limit: 1, ttl: .seconds(1))
    try await harness.store.commit(permit)
  }

  @Test func `what a hung planner says later confirms nothing`() async throws {
    let harness = try await PipelineHarness()
    let gate = PlannerGate()
    try await harness.create(.sample())
    _ = try await harness.runHanging(at: gate)
    let before = try await harness.booking()
    gate.open()
    while harness.environment.planning.hungCount > 0 { await Task.yield() }
    #expect(try await harness.booking() == before)
    #expect(try await harness.store.claims(of: "b-1").isEmpty)
  }

  @Test func `five timeouts give the booking to a person, with the last reason`() async throws {
    let harness = try await PipelineHarness()
    let gate = PlannerGate()
    defer { gate.open() }
    try await harness.create(.sample())
    for _ in 0..<4 {
      _ = try await harness.runHanging(at: gate)
      harness.clock.advance(by: .seconds(31))
    }
    // Four hang: the fifth is not even asked.
    #expect(try await harness.run(PlannerDouble(waitingAt: gate)) == .retry(reason: .circuitOpen, delay: .seconds(15)))
    #expect(harness.environment.planning.hungCount == 4)
    #expect(harness.environment.breakers[.engine("house")].position == .open)
    gate.open()
    while harness.environment.planning.hungCount > 0 { await Task.yield() }
    harness.environment.breakers[.engine("house")].force(.closed)
    harness.clock.advance(by: .seconds(31))
    let again = PlannerGate()
    defer { again.open() }
    #expect(try await harness.runHanging(at: again) == .manualReview(reason: .maxAttempts))
    #expect(try await harness.store.history(of: "b-1").last?.metadata["last_reason"] == "timeout")
  }

  @Test func `planners that hang for one restaurant do not stop another`() async throws {
    let harness = try await PipelineHarness()
    try await harness.put(.sample(id: "other"))
    let gate = PlannerGate()
    defer { gate.open() }
    for number in 1...4 {
      try await harness.create(.sample(id: BookingID("b-\(number)")))
      _ = try await harness.runHanging(at: gate)
    }
    #expect(harness.environment.planning.hungCount == 4)
    try await harness.create(.sample(id: "c-1", restaurant: "other"))
    await harness.worker.runOnce(limit: 5)
    #expect(try await harness.booking("c-1").state == .confirmed)
    #expect(harness.environment.breakers[.storage].position == .closed)
  }

  @Test func `a planner that throws is a system error, and a failure to its breaker`() async throws {
    struct Broken: Error {}
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    for expected in [1, 2, 4, 8] {
      let outcome = try await harness.run(PlannerDouble { _, _, _ in throw Broken() })
      #expect(outcome == .retry(reason: .systemError, delay: .seconds(expected)))
      harness.clock.advance(by: .seconds(expected))
    }
    _ = try await harness.run(PlannerDouble { _, _, _ in throw Broken() })
    #expect(harness.environment.breakers[.engine("house")].position == .open)
    #expect(try await harness.booking().state == .manualReview)
  }

  @Test(
    arguments: [
      [], ["T99"], ["T3", "T3"], ["T1"], ["T8", "T7"], ["T3", "T5"], ["X1"], ["T3", "X2"],
    ] as [[TableNumber]])
  func `what the floor does not have is refused before the write, as a system error`(tables: [TableNumber]) async throws
  {
    let harness = try await PipelineHarness(
      restaurant: .sample(
        tables: Restaurant.sampleTables + [
          DiningTable(number: "X1", zone: "Terrace", capacity: 4, isActive: false),
          DiningTable(number: "X2", zone: "Terrace", capacity: 4),
        ]))
    try await harness.create(.sample(party: 6))
    let outcome = try await harness.run(PlannerDouble(proposing: tables))
    #expect(outcome == .retry(reason: .systemError, delay: .seconds(1)))
    #expect(try await harness.store.claims(of: "b-1").isEmpty)
    #expect(try await harness.eventTypes().contains("coordinator.error"))
    #expect(try await harness.store.checkInvariants(restaurant: nil).total == 0)
  }
}
