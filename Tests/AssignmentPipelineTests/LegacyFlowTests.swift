import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct LegacyFlowTests {
  let off = FeatureFlags(pipelineV3: false)

  @Test func `legacy confirms with the best fit and tells auto_assign events only`() async throws {
    let harness = try await PipelineHarness(flags: off)
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let booking = try await harness.booking()
    #expect(booking.flow == .legacy)
    #expect(booking.strategy == .legacyBestFit)
    #expect(booking.tables == ["T1"])
    #expect(try await harness.store.history(of: "b-1").dropFirst().allSatisfy { $0.mode == .legacy })
    var query = EventQuery()
    query.bookingID = "b-1"
    let events = try await harness.store.events(query).map(\.event).dropFirst()
    #expect(events.allSatisfy { $0.source == .autoAssign })
    #expect(
      events.map(\.type).filter { $0 != "auto_assign.state_transition" } == [
        "auto_assign.attempt", "auto_assign.quote", "auto_assign.summary",
      ])
    #expect(events.last { $0.type == "auto_assign.summary" }?.context["result"] == "succeeded")
  }

  @Test func `without a table it waits 5, 15 and 45 seconds, stored, and then asks a person`() async throws {
    let harness = try await PipelineHarness(flags: off)
    try await harness.block(Restaurant.sampleTables.map(\.number))
    try await harness.create(.sample())
    for seconds in [5, 15, 45] {
      #expect(await harness.worker.runOnce() == [.retry(reason: .noTable, delay: .seconds(seconds))])
      harness.clock.advance(by: .seconds(seconds - 1))
      #expect(await harness.worker.runOnce().isEmpty)
      harness.clock.advance(by: .seconds(1))
    }
    #expect(await harness.worker.runOnce() == [.manualReview(reason: .noTable)])
    var query = EventQuery()
    query.bookingID = "b-1"
    query.type = "auto_assign.summary"
    #expect(try await harness.store.events(query).last?.event.context["result"] == "exhausted")
  }

  /// Legacy tells nothing of permits, so that there is nothing to take back when it gets none.
  @Test func `without a free permit it waits in line`() async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(maxParallel: 1))
    try await harness.create(.sample())
    let job = try await harness.store.claimJobs(
      JobClaimRequest(owner: "worker-1", limit: 1, after: nil, maxParallel: 1, ttl: .seconds(30)))
    var unit = WriteUnit(label: "test.permit")
    unit.permit = PermitRequest(restaurantID: "house", bookingID: "other", owner: "x", limit: 1, ttl: .seconds(30))
    try await harness.store.commit(unit)
    let legacy = LegacyAutoAssign(environment: harness.environment, locks: harness.locks)
    #expect(await legacy.processBooking(try #require(job.first)) == .retry(reason: .rateLimited, delay: .zero))
    #expect(try await harness.states() == [.created, .capacityVerified, .assignmentPending])
    harness.clock.advance(by: .seconds(31))
    _ = try await harness.store.reviveJobs()
    #expect(await harness.worker.runOnce() == [.confirmed(strategy: .legacyBestFit, tables: ["T1"])])
  }

  @Test func `the flow is decided at each try`() async throws {
    let harness = try await PipelineHarness(flags: off)
    try await harness.block(["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"])
    try await harness.create(.sample())
    await harness.worker.runOnce()
    harness.flags.withLock { $0.pipelineV3 = true }
    harness.clock.advance(by: .seconds(5))
    #expect(await harness.worker.runOnce() == [.manualReview(reason: .noTable)])
    #expect(try await harness.booking().flow == .v3)
  }
}
