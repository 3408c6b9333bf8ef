import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct LeaseAndRescueTests {
  @Test func `a booking whose lease is taken returns when that lease ends`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    _ = try await harness.store.acquireLease("booking:b-1", owner: "other", ttl: .seconds(20))
    #expect(await harness.worker.runOnce() == [.noop(reason: .lockContention)])
    #expect(try await harness.eventTypes().contains("coordinator.lock_contention"))
    #expect(await harness.worker.runOnce().isEmpty)
    harness.clock.advance(by: .seconds(21))
    await harness.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed)
  }

  @Test func `a worker whose lease was taken over writes nothing more`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: .planned) {
      var unit = WriteUnit(label: "test.takeover")
      unit.takeOver = ["b-1"]
      try await harness.store.commit(unit)
    }
    #expect(await harness.worker.runOnce() == [.retry(reason: .lockLost, delay: .zero)])
    let booking = try await harness.booking()
    #expect(booking.state == .assignmentInProgress)
    #expect(try await harness.store.claims(of: "b-1").isEmpty)
    await harness.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed, "another takes it on from the state that it was in")
  }

  @Test(arguments: [
    FaultPoint.leaseAcquired, .verified, .permitTaken, .snapshotRead, .planned, .confirming,
  ]) func `a worker that dies at any point leaves a booking that another takes on`(point: FaultPoint) async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: point) { throw StoreError.leaseLost("the worker is dead") }
    await harness.worker.runOnce()
    harness.clock.advance(by: .seconds(31))
    try await Rescuer(environment: harness.environment).runOnce()
    await harness.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed)
    #expect(try await harness.store.checkInvariants(restaurant: nil).total == 0)
  }

  @Test func `no more than MAX_PARALLEL are in progress; the rest wait in line and are woken`() async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: true, maxParallel: 1))
    try await harness.create(.sample())
    var unit = WriteUnit(label: "test.permit")
    unit.permit = PermitRequest(
      restaurantID: "house", bookingID: "other", owner: "other", limit: 1, ttl: .seconds(30))
    try await harness.store.commit(unit)
    let job = try #require(try await harness.store.job(of: "b-1"))
    let router = FlowRouter(environment: harness.environment, locks: harness.locks)
    #expect(await router.process(job) == .retry(reason: .rateLimited, delay: .zero))
    #expect(try await harness.booking().state == .assignmentPending)
    #expect(try await harness.store.queueDepth().parked == 1)
    var release = WriteUnit(label: "test.release")
    release.releasePermits = ["other"]
    try await harness.store.commit(release)
    await harness.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed)
  }

  @Test func `past its deadline, a booking whose worker is gone is requeued once, then goes to a person`() async throws
  {
    let harness = try await PipelineHarness()
    let rescuer = Rescuer(environment: harness.environment)
    try await harness.create(.sample(start: ManualClock.start.adding(minutes: 24 * 60 + 360)))
    harness.clock.advance(by: .seconds(601))
    try await rescuer.runOnce()
    #expect(try await harness.booking().state == .created)
    #expect(try await harness.store.job(of: "b-1")?.rescues == 1)
    harness.clock.advance(by: .seconds(601))
    try await rescuer.runOnce()
    let booking = try await harness.booking()
    #expect(booking.state == .manualReview)
    #expect(booking.reason == .deadline)
    #expect(rescuer.stuckCount == 2)
  }

  @Test func `a heartbeat keeps a long job from being run twice`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    let keeper = LeaseKeeper(environment: harness.environment, locks: harness.locks)
    harness.faults.once(at: .planned) {
      for _ in 0..<4 {
        harness.clock.advance(by: .seconds(10))
        try await keeper.runOnce()
      }
      guard case .taken = try await harness.store.acquireLease("booking:b-1", owner: "other", ttl: .seconds(1)) else {
        Issue.record("the lease is still held")
        return
      }
    }
    await harness.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed)
  }

  @Test func `storage that is open leaves jobs as they are`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.environment.breakers[.storage].force(.open)
    let job = try #require(try await harness.store.job(of: "b-1"))
    let router = FlowRouter(environment: harness.environment, locks: harness.locks)
    #expect(await router.process(job) == .retry(reason: .circuitOpen, delay: .seconds(15)))
    #expect(try await harness.booking().version == 1)
  }

  @Test func `a planner whose breaker is open is waited for, without an attempt`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.environment.breakers[.engine("house")].force(.open)
    #expect(await harness.worker.runOnce() == [.retry(reason: .circuitOpen, delay: .seconds(15))])
    #expect(try await harness.store.attempts(of: "b-1").isEmpty)
    #expect(try await harness.store.job(of: "b-1")?.failures == 0)
  }
}
