import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct OutageTests {
  /// A booking that starts in an hour, and four that start tomorrow; all five met a storage that has failed.
  private func outage() async throws -> (PipelineHarness, OutageKeeper) {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: true, maxParallel: 20))
    try await harness.create(.sample(start: ManualClock.start.adding(minutes: 60)))
    for number in 2...5 {
      try await harness.create(
        .sample(id: BookingID("b-\(number)"), start: ManualClock.start.adding(minutes: 24 * 60 + 360)))
    }
    harness.faults.fail(at: .leaseAcquired, times: 5)
    await harness.worker.runOnce(limit: 5)
    #expect(harness.environment.breakers[.storage].position == .open)
    return (harness, OutageKeeper(environment: harness.environment))
  }

  @Test func `open for over 5 minutes, what starts within 2 hours goes to a person before workers go on`() async throws
  {
    let (harness, keeper) = try await outage()
    for _ in 0..<30 {
      // Still sick: each probe fails, and it opens again.
      harness.clock.advance(by: .seconds(15))
      if case .admitted(let probe) = harness.environment.breakers[.storage].admit() {
        harness.environment.breakers[.storage].finish(probe, failed: true)
      }
      try await keeper.runOnce()
    }
    #expect(try await harness.booking().state == .created, "nothing can be written while storage is away")
    harness.clock.advance(by: .seconds(15))
    #expect(await harness.worker.runOnce(limit: 5).isEmpty, "workers wait for people")
    try await keeper.runOnce()
    #expect(harness.environment.breakers[.storage].position == .closed)
    let booking = try await harness.booking()
    #expect(booking.state == .manualReview)
    #expect(booking.reason == .circuitOpen)
    #expect(booking.reviewDeadline == booking.slot.dining.start.adding(minutes: -30))
    #expect(try await harness.store.job(of: "b-1") == nil)
    #expect(try await harness.store.notices(of: "b-1").map(\.kind) == [.needsReview])
    try await Rescuer(environment: harness.environment).runOnce()
    await harness.worker.runOnce(limit: 5)
    for number in 2...5 { #expect(try await harness.booking(BookingID("b-\(number)")).state == .confirmed) }
    #expect(try await harness.store.checkInvariants(restaurant: nil).total == 0)
  }

  @Test func `open for less than 5 minutes, everything goes on by itself`() async throws {
    let (harness, keeper) = try await outage()
    harness.clock.advance(by: .seconds(299))
    try await keeper.runOnce()
    try await Rescuer(environment: harness.environment).runOnce()
    // The first two calls are probes.
    for _ in 0..<5 { await harness.worker.runOnce() }
    #expect(harness.environment.breakers[.storage].position == .closed)
    try await keeper.runOnce()
    #expect(try await harness.booking().state == .confirmed)
  }

  @Test func `what another instance went on with meanwhile is left alone`() async throws {
    let (harness, keeper) = try await outage()
    harness.clock.advance(by: .seconds(299))
    var mutation = BookingMutation(try await harness.booking())
    mutation.touch(cause: "change", context: .sample(.person, at: harness.clock.now()))
    var unit = WriteUnit(label: "test.touch")
    unit.bookings = [mutation]
    try await harness.store.commit(unit)
    harness.clock.advance(by: .seconds(2))
    try await keeper.runOnce()
    #expect(harness.environment.breakers[.storage].position == .closed)
    #expect(try await harness.booking().state == .created)
  }

  @Test func `forced open for over 5 minutes, it happens while it is open`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample(start: ManualClock.start.adding(minutes: 60)))
    try await harness.create(.sample(id: "b-2", start: ManualClock.start.adding(minutes: 130)))
    let keeper = OutageKeeper(environment: harness.environment)
    harness.environment.breakers[.storage].force(.open)
    harness.clock.advance(by: .seconds(300))
    try await keeper.runOnce()
    #expect(try await harness.booking().state == .created)
    harness.clock.advance(by: .seconds(1))
    try await keeper.runOnce()
    #expect(try await harness.booking().state == .manualReview)
    #expect(try await harness.booking().reason == .circuitOpen)
    #expect(try await harness.booking("b-2").state == .created, "not yet within 2 hours")
    harness.clock.advance(by: .minutes(6))
    try await keeper.runOnce()
    #expect(try await harness.booking("b-2").state == .manualReview)
    harness.environment.breakers[.storage].force(nil)
    try await keeper.runOnce()
    #expect(harness.environment.outage.isLong == false)
  }

  @Test func `a breaker that is forced open stops the state's deadlines`() async throws {
    let harness = try await PipelineHarness()
    let rescuer = Rescuer(environment: harness.environment)
    try await harness.create(.sample(start: ManualClock.start.adding(minutes: 24 * 60 + 360)))
    harness.environment.breakers[.storage].force(.open)
    try await rescuer.runOnce()
    harness.clock.advance(by: .seconds(3_600))
    try await rescuer.runOnce()
    harness.environment.breakers[.storage].force(nil)
    try await rescuer.runOnce()
    #expect(rescuer.stuckCount == 0)
    #expect(try await harness.store.job(of: "b-1")?.stateDeadline == ManualClock.start.adding(.seconds(4_200)))
  }

  @Test func `a storage that fails opens its breaker though nothing but the worker asks it`() async throws {
    let harness = try await PipelineHarness()
    await harness.breakStorage()
    for _ in 0..<5 {
      // It rests after a failure, unless it is woken.
      harness.environment.workSignal.wake()
      await harness.worker.runOnce()
    }
    #expect(harness.environment.breakers[.storage].position == .open)
  }
}
