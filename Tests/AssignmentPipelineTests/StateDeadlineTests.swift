import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct StateDeadlineTests {
  private static let later = ManualClock.start.adding(minutes: 24 * 60 + 360)

  private func deadline(_ harness: PipelineHarness) async throws -> Duration? {
    try await harness.store.job(of: "b-1")?.stateDeadline.since(ManualClock.start)
  }

  /// Works on the booking until a fault point, where the worker dies; another may take it on at once.
  private func work(_ harness: PipelineHarness, until point: FaultPoint) async throws {
    harness.faults.once(at: point) { throw StoreError.leaseLost("the worker is dead") }
    await harness.worker.runOnce()
    var unit = WriteUnit(label: "test.takeover")
    unit.takeOver = ["b-1"]
    try await harness.store.commit(unit)
  }

  @Test func `each state has ten minutes from entering it`() async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: true, maxParallel: 1))
    try await harness.create(.sample())
    try await work(harness, until: .leaseAcquired)
    #expect(try await harness.booking().state == .created)
    #expect(try await deadline(harness) == .seconds(600))
    harness.clock.advance(by: .seconds(100))
    try await park(harness)
    #expect(try await harness.booking().state == .assignmentPending)
    #expect(try await deadline(harness) == .seconds(700))
    harness.clock.advance(by: .seconds(100))
    var unit = WriteUnit(label: "test.release")
    unit.releasePermits = ["other"]
    try await harness.store.commit(unit)
    try await work(harness, until: .permitTaken)
    #expect(try await harness.booking().state == .assignmentInProgress)
    #expect(try await deadline(harness) == .seconds(800))
  }

  /// Works on the booking while another has the only permit.
  private func park(_ harness: PipelineHarness) async throws {
    let job = try #require(try await harness.store.job(of: "b-1"))
    var unit = WriteUnit(label: "test.permit")
    unit.permit = PermitRequest(
      restaurantID: "house", bookingID: "other", owner: "other", limit: 1, ttl: .seconds(300))
    try await harness.store.commit(unit)
    let router = FlowRouter(environment: harness.environment, locks: harness.locks)
    #expect(await router.process(job) == .retry(reason: .rateLimited, delay: .zero))
  }

  @Test func `taken on from the state that it was in, it keeps its deadline`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    try await work(harness, until: .permitTaken)
    harness.clock.advance(by: .seconds(100))
    try await work(harness, until: .planned)
    // The 100 seconds in line, until it was taken again, do not count.
    #expect(try await deadline(harness) == .seconds(700))
  }

  @Test func `waits that are no attempts restart nothing, and end with the deadline`() async throws {
    let harness = try await PipelineHarness()
    let rescuer = Rescuer(environment: harness.environment)
    try await harness.create(.sample(start: Self.later))
    harness.environment.breakers[.engine("house")].force(.open)
    await harness.worker.runOnce()
    #expect(try await deadline(harness) == .seconds(600))
    var tries = 1
    while try await !harness.booking().state.endsAutomaticWork, tries < 1_000 {
      harness.clock.advance(by: .seconds(15))
      try await rescuer.runOnce()
      tries += await harness.worker.runOnce().count
    }
    let booking = try await harness.booking()
    #expect(booking.state == .manualReview)
    #expect(booking.reason == .circuitOpen)
    #expect(try await harness.store.attempts(of: "b-1").isEmpty)
    // Ten minutes, requeued 15 seconds later, ten minutes more; a try every 15 seconds, the first one at once.
    #expect(tries == 82)
  }

  @Test func `a change by a person begins a new round`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample(start: Self.later))
    harness.environment.breakers[.engine("house")].force(.open)
    await harness.worker.runOnce()
    harness.clock.advance(by: .seconds(300))
    var unit = WriteUnit(label: "test.change")
    unit.jobs = [.enqueue("b-1", "house", after: .zero, deadline: .seconds(600), resetRetries: true)]
    try await harness.store.commit(unit)
    harness.clock.advance(by: .seconds(50))
    await harness.worker.runOnce()
    #expect(try await deadline(harness) == .seconds(950))
  }
}
