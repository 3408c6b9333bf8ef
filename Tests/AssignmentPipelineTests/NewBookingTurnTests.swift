import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@testable import AssignmentPipeline

/// New bookings that are decided in the transaction that stores them.
@Suite struct NewBookingTurnTests {
  @Test func `a new booking is stored confirmed, with the whole of its way, and leaves no job, lease or permit`()
    async throws
  {
    let harness = try await DeskHarness(decidesAtOnce: true)
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(booking.state == .confirmed && booking.status == .confirmed && booking.version == 6)
    #expect(booking.flow == .v3 && booking.attempts == 1 && booking.decisionID != nil)
    #expect(try await harness.booking() == booking)
    #expect(
      try await harness.pipeline.states() == [
        .created, .capacityVerified, .assignmentPending, .assignmentInProgress, .assigned, .confirmed,
      ])
    let actors = try await harness.store.history(of: "b-1").map(\.actor)
    #expect(actors.first == "app" && Set(actors.dropFirst()) == ["worker-1"])
    #expect(try await harness.claims().map(\.table) == booking.tables)
    #expect(try await harness.notices() == ["confirmed pending"])
    #expect(try await harness.store.attempts(of: "b-1").map(\.result) == [.success])
    #expect(try await harness.store.job(of: "b-1") == nil)
    #expect(try await harness.store.outbox(after: 0, limit: 10).count == 6)
    try await harness.expectSound()
  }

  @Test func `it tells the same events as a worker does`() async throws {
    let atOnce = try await DeskHarness(decidesAtOnce: true)
    _ = try await atOnce.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    let byWorker = try await DeskHarness()
    try await byWorker.seatedByPipeline()
    let told = try await atOnce.pipeline.eventTypes()
    #expect(told.sorted() == (try await byWorker.pipeline.eventTypes()).sorted())
    #expect(try await atOnce.booking().tables == byWorker.booking().tables)
  }

  @Test func `whoever is in line comes first: a newcomer joins the line`() async throws {
    let harness = try await DeskHarness(decidesAtOnce: true)
    try await harness.pipeline.create(.sample(id: "b-0", start: DeskHarness.evening()))
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(booking.state == .created)
    #expect(try await harness.store.job(of: "b-1") != nil)
    await harness.pipeline.worker.runOnce(limit: 2)
    #expect(try await harness.booking().state == .confirmed)
    // The restaurant is left to its line for a while.
    _ = try await harness.bookings.create(DeskHarness.new("b-2"), DeskHarness.byGuest)
    #expect(try await harness.booking("b-2").state == .created)
    await harness.pipeline.worker.runOnce()
    harness.clock.advance(by: SeatingTurns.patience)
    #expect(try await harness.bookings.create(DeskHarness.new("b-3"), DeskHarness.byGuest).state == .confirmed)
  }

  @Test func `without a free permit it joins the line`() async throws {
    let harness = try await DeskHarness(flags: FeatureFlags(pipelineV3: true, maxParallel: 1), decidesAtOnce: true)
    var unit = WriteUnit(label: "test.permit")
    unit.permit = PermitRequest(restaurantID: "house", bookingID: "other", owner: "x", limit: 1, ttl: .seconds(30))
    try await harness.store.commit(unit)
    #expect(try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest).state == .created)
    harness.clock.advance(by: .seconds(31))
    #expect(try await harness.bookings.create(DeskHarness.new("b-2", at: 90), DeskHarness.byGuest).state == .created)
    while await !harness.pipeline.worker.runOnce().isEmpty {}
    harness.clock.advance(by: SeatingTurns.patience)
    #expect(try await harness.bookings.create(DeskHarness.new("b-3"), DeskHarness.byGuest).state == .confirmed)
  }

  @Test(arguments: [BreakerBoard.Dependency.engine("house"), .storage])
  func `with a breaker that is not closed it is stored first, or refused`(dependency: BreakerBoard.Dependency)
    async throws
  {
    let harness = try await DeskHarness(decidesAtOnce: true)
    harness.pipeline.environment.breakers[dependency].force(.open)
    let came = await outcome { try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest) }
    #expect(came == (dependency == .storage ? "storage_unavailable" : "created/pending"))
  }

  @Test(arguments: [AutomationLevel.auto, .suggest])
  func `it decides only where V3 does and the house wants it`(automation: AutomationLevel) async throws {
    let flags = FeatureFlags(pipelineV3: automation != .auto)
    let harness = try await DeskHarness(.sample(automation: automation), flags: flags, decidesAtOnce: true)
    #expect(try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest).state == .created)
  }

  @Test func `no table, or a rule broken: stored first, and ended by a worker with its reason`() async throws {
    let harness = try await DeskHarness(decidesAtOnce: true)
    try await harness.pipeline.block(Restaurant.sampleTables.map(\.number))
    _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    _ = try await harness.bookings.create(DeskHarness.new("b-2", party: 60), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce(limit: 2)
    #expect(try await harness.booking().reason == .noTable)
    #expect(try await harness.booking("b-2").reason == .partyTooLarge)
    try await harness.expectSound()
  }

  @Test func `the last of the pacing that went meanwhile: stored first, and failed by a worker`() async throws {
    let harness = try await DeskHarness(
      .sample(pacing: Pacing(intervalMinutes: 15, maxParties: 1)), decidesAtOnce: true)
    harness.pipeline.faults.once(at: .confirming) {
      _ = try await harness.bookings.create(DeskHarness.new("b-2"), DeskHarness.byGuest)
    }
    #expect(try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest).state == .created)
    #expect(try await harness.booking("b-2").state == .confirmed)
    await harness.pipeline.worker.runOnce()
    #expect(try await harness.booking().reason == .pacingExceeded)
  }

  @Test func `tables that went meanwhile: planned again, and confirmed on others`() async throws {
    let harness = try await DeskHarness(decidesAtOnce: true)
    harness.pipeline.faults.once(at: .confirming) {
      _ = try await harness.bookings.create(DeskHarness.new("b-2"), DeskHarness.byGuest)
    }
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    let other = try await harness.booking("b-2")
    #expect(booking.state == .confirmed && booking.tables != other.tables)
    try await harness.expectSound()
  }

  @Test func `a house that wants it otherwise meanwhile is heard`() async throws {
    let harness = try await DeskHarness(decidesAtOnce: true)
    harness.pipeline.faults.once(at: .confirming) { try await harness.pipeline.put(.sample(automation: .suggest)) }
    #expect(try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest).state == .created)
  }

  @Test func `many at once: all end, the tables are taken once, and turns are given back`() async throws {
    let harness = try await DeskHarness(decidesAtOnce: true)
    try await withThrowingTaskGroup { group in
      for number in 0..<40 {
        group.addTask {
          _ = try await harness.bookings.create(
            DeskHarness.new(BookingID("b-\(number)"), at: 15 * (number % 8)), DeskHarness.byGuest)
        }
      }
      try await group.waitForAll()
    }
    while await !harness.pipeline.worker.runOnce(limit: 10).isEmpty {}
    for number in 0..<40 { #expect(try await harness.booking(BookingID("b-\(number)")).state.endsAutomaticWork) }
    try await harness.expectSound()
    harness.clock.advance(by: .seconds(1))
    for _ in 0..<3 { #expect(harness.pipeline.environment.turns.take("house", limit: 3)) }
    #expect(!harness.pipeline.environment.turns.take("house", limit: 3))
  }
}
