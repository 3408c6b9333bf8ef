import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

/// One trace id for all that is done about a booking.
@Suite struct TraceTests {
  private static let trace = TraceID(high: 7, low: 7)

  private func request(_ trace: TraceID? = trace) -> ChangeRequest {
    ChangeRequest(caller: DeskHarness.app, trace: trace)
  }

  /// The traces that the events of a booking name.
  private func traces(_ harness: DeskHarness, of id: BookingID = "b-1") async throws -> Set<EventValue?> {
    var query = EventQuery()
    query.bookingID = id
    return Set(try await harness.store.events(query).map { $0.event.context["trace_id"] })
  }

  private func expectOneTrace(
    _ harness: DeskHarness, of id: BookingID = "b-1", _ trace: TraceID = trace,
    _ location: SourceLocation = #_sourceLocation
  ) async throws {
    #expect(try await harness.booking(id).trace == trace, sourceLocation: location)
    #expect(try await traces(harness, of: id) == [.string(trace.text)], sourceLocation: location)
  }

  @Test(arguments: [true, false])
  func booking_ofARequestWithATrace_keepsItThroughEveryEvent(_ isV3: Bool) async throws {
    let harness = try await DeskHarness(flags: FeatureFlags(pipelineV3: isV3))
    _ = try await harness.bookings.create(DeskHarness.new(), request())
    await harness.pipeline.worker.runOnce()
    _ = try await harness.bookings.seat("b-1", request(TraceID(high: 8, low: 8)))
    try await expectOneTrace(harness)
  }

  @Test func booking_ofARequestWithout_getsATraceOfItsOwn() async throws {
    let harness = try await DeskHarness()
    for id in ["b-1", "b-2"] as [BookingID] { _ = try await harness.bookings.create(DeskHarness.new(id), request(nil)) }
    let (first, second) = (try await harness.booking("b-1").trace, try await harness.booking("b-2").trace)
    #expect(first != nil)
    #expect(second != nil)
    #expect(first != second)
  }

  @Test func trace_survivesRetriesRestartAndReview() async throws {
    let harness = try await DeskHarness()
    _ = try await harness.bookings.create(DeskHarness.new(), request())
    harness.pipeline.faults.fail(at: .planned)
    await harness.pipeline.worker.runOnce()
    try await harness.pipeline.block(Restaurant.sampleTables.map(\.number))
    harness.clock.advance(by: .seconds(30))
    // Another process, with ids of its own.
    let again = Worker(
      environment: harness.pipeline.environment,
      locks: LockManager(store: harness.store, owner: "worker-2", ttl: .seconds(30)))
    await again.runOnce()
    #expect(try await harness.booking().state == .manualReview)
    let keeper = ReviewKeeper(environment: harness.pipeline.environment)
    harness.clock.advance(by: .minutes(300))
    try await keeper.runOnce()
    #expect(try await harness.pipeline.eventTypes().contains("coordinator.review_alert"))
    _ = try await harness.review.requeue("b-1", DeskHarness.byHost)
    try await expectOneTrace(harness)
  }

  @Test func trace_isInWhatIsToldOfABookingThatCannotBeWorkedOn() async throws {
    let harness = try await DeskHarness()
    _ = try await harness.bookings.create(DeskHarness.new(), request())
    _ = try await harness.store.acquireLease("booking:b-1", owner: "other", ttl: .seconds(20))
    await harness.pipeline.worker.runOnce()
    #expect(try await harness.pipeline.eventTypes().contains("coordinator.lock_contention"))
    harness.clock.advance(by: .minutes(11))
    try await Rescuer(environment: harness.pipeline.environment).runOnce()
    #expect(try await harness.pipeline.eventTypes().contains("coordinator.retry"))
    try await expectOneTrace(harness)
  }

  @Test func trace_isOfWalkInsHoldsAndHousesThatSeatAtOnce() async throws {
    let harness = try await DeskHarness()
    let walkIn = NewWalkIn(restaurantID: "house", party: 2)
    let first = try await harness.bookings.walkIn(walkIn, ChangeRequest(caller: DeskHarness.host, trace: Self.trace))
    try await expectOneTrace(harness, of: first.id)
    let hold = try await harness.holds.hold(
      HoldRequest(restaurantID: "house", party: 2, start: DeskHarness.evening()), request())
    let second = try await harness.holds.confirm(hold.id, guest: nil, request())
    try await expectOneTrace(harness, of: second.id)
    var house = Restaurant.sample()
    house.automation = .mandatory
    try await harness.pipeline.put(house)
    let third = try await harness.bookings.create(DeskHarness.new("b-3", at: 15), request())
    try await expectOneTrace(harness, of: third.id)
  }

  @Test func notice_givenToTheNotifier_hasTheTrace() async throws {
    let harness = try await DeskHarness()
    _ = try await harness.bookings.create(DeskHarness.new(), request())
    await harness.pipeline.worker.runOnce()
    harness.clock.advance(by: .seconds(61))
    let notifier = RecordingNotifier()
    try await NoticeDispatcher(environment: harness.pipeline.environment, notifier: notifier).runOnce()
    #expect(notifier.delivered.map(\.trace) == [Self.trace])
  }
}
