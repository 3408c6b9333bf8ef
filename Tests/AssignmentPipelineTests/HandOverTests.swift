import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@testable import AssignmentPipeline

/// The kill switch: what V3 has under way goes to legacy, none is lost, none is decided twice.
@Suite struct HandOverTests {
  @Test(arguments: [AssignmentState.assignmentInProgress, .assigned])
  func `what V3 has under way goes back in line, and legacy takes it from there`(state: AssignmentState) async throws {
    let harness = try await PipelineHarness()
    let fence = try await harness.leave("b-1", in: state)
    let keepers = (0..<3).map { _ in HandOverKeeper(environment: harness.environment) }
    for keeper in keepers { try await keeper.runOnce() }
    #expect(try await harness.booking().state == state, "V3 is on")
    try await harness.set(.flag(.killSwitch), "true")
    try await withThrowingTaskGroup { group in
      for keeper in keepers { group.addTask { try await keeper.runOnce() } }
      try await group.waitForAll()
    }
    let booking = try await harness.booking()
    #expect(booking.state == .assignmentPending && booking.attempts == 0 && booking.flow == .legacy)
    #expect(try await harness.store.history(of: "b-1").count { $0.from == state && $0.to == .assignmentPending } == 1)
    let job = try #require(try await harness.store.job(of: "b-1"))
    #expect(job.failures == 0 && job.retries == 0)
    var late = WriteUnit(label: "test.late")
    late.fences = [fence]
    await #expect(throws: StoreError.self, "the worker's lease is gone") { try await harness.store.commit(late) }
    #expect(await harness.worker.runOnce() == [.confirmed(strategy: .legacyBestFit, tables: ["T1"])])
    #expect(try await harness.confirmedBy() == .legacy)
    #expect(try await harness.store.checkInvariants(restaurant: nil).total == 0)
  }

  @Test func `a restaurant that is forced out is handed over alone; review and legacy's own stay`() async throws {
    let harness = try await PipelineHarness()
    try await harness.put(.sample(id: "other"))
    _ = try await harness.leave("b-1", in: .assignmentInProgress)
    try await harness.block(Restaurant.sampleTables.map(\.number), restaurant: "other")
    try await harness.create(.sample(id: "b-2", restaurant: "other"))
    await harness.worker.runOnce()
    #expect(try await harness.booking("b-2").state == .manualReview)
    let keeper = HandOverKeeper(environment: harness.environment)
    try await harness.set(.restaurant("other"), "out")
    try await keeper.runOnce()
    #expect(try await harness.booking("b-1").state == .assignmentInProgress)
    #expect(try await harness.booking("b-2").state == .manualReview)
    try await harness.set(.restaurant("house"), "out")
    try await keeper.runOnce()
    #expect(try await harness.booking("b-1").state == .assignmentPending)
  }

  @Test(arguments: [FaultPoint.snapshotRead, .planned, .confirming])
  func `a try that has not seen the switch yet is refused when it confirms`(point: FaultPoint) async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: point) {
      _ = try await harness.desk.set(.flag(.killSwitch), "true", reason: "drill", .local())
    }
    #expect(await harness.worker.runOnce() == [.retry(reason: .versionConflict, delay: .milliseconds(20))])
    #expect(try await harness.store.claims(of: "b-1").isEmpty)
    #expect(try await !harness.eventTypes().contains("coordinator.confirmed"), "refused is not confirmed")
    try await harness.seeFlags()
    try await harness.drain()
    #expect(try await harness.confirmedBy() == .legacy)
  }

  @Test(arguments: [FaultPoint.permitTaken, .snapshotRead, .planned, .confirming])
  func `a try that sees the switch hands its booking over itself`(point: FaultPoint) async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: point) { try await harness.set(.flag(.killSwitch), "true") }
    #expect(await harness.worker.runOnce() == [.retry(reason: .pipelineDisabled, delay: .zero)])
    let booking = try await harness.booking()
    #expect(booking.state == .assignmentPending && booking.flow == .legacy && booking.attempts == 0)
    #expect(harness.locks.heldCount == 0)
    #expect(await harness.worker.runOnce() == [.confirmed(strategy: .legacyBestFit, tables: ["T1"])])
    #expect(try await harness.store.checkInvariants(restaurant: nil).total == 0)
  }

  @Test func `killed in a crowd: V3 confirms nothing after it, and every booking ends once`() async throws {
    let flags = FeatureFlags(pipelineV3: true, maxParallel: 20)
    let harness = try await PipelineHarness(flags: flags)
    let ids = (0..<24).map { BookingID("b-\($0)") }
    for (index, id) in ids.enumerated() {
      try await harness.create(.sample(id: id, start: DeskHarness.evening(index % 3 * 60 - 60), minutes: 60))
    }
    let second = Worker(
      environment: harness.environment, locks: LockManager(store: harness.store, owner: "w-2", ttl: .seconds(30)))
    let workers = [harness.worker, second, harness.worker, second]
    harness.faults.once(at: .confirmed) {
      _ = try await harness.desk.set(.flag(.killSwitch), "true", reason: "drill", .local())
    }
    await withDiscardingTaskGroup { group in
      for worker in workers { group.addTask { await worker.runOnce(limit: 5) } }
    }
    try await harness.seeFlags()
    try await HandOverKeeper(environment: harness.environment).runOnce()
    try await harness.drain()
    try await expectNothingByV3AfterTheKill(harness)
    for id in ids {
      let ends = try await harness.store.history(of: id).filter { $0.to.endsAutomaticWork }
      #expect(ends.count == 1, "\(id)")
    }
    #expect(try await harness.store.checkInvariants(restaurant: nil).total == 0)
  }

  private func expectNothingByV3AfterTheKill(_ harness: PipelineHarness) async throws {
    var query = EventQuery()
    query.limit = 1_000
    query.type = "rollout.killed"
    let killed = try #require(try await harness.store.events(query).first)
    query.type = "coordinator.confirmed"
    let confirmed = try await harness.store.events(query)
    #expect(!confirmed.isEmpty, "V3 had begun")
    let late = confirmed.filter { $0.id > killed.id }
    #expect(late.isEmpty, "\(late.map { "\($0.id) \($0.event.bookingID ?? "")" }) after \(killed.id)")
  }
}
