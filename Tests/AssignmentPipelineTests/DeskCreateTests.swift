import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskCreateTests {
  @Test func `a new booking is stored with history, event, message and job, by the caller's name`() async throws {
    let harness = try await DeskHarness()
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(booking.state == .created && booking.status == .pending && booking.version == 1)
    #expect(try await harness.booking() == booking)
    let row = try await harness.lastRow()
    #expect(row.from == nil && row.actor == "app" && row.mode == .manual)
    #expect(try await harness.store.job(of: "b-1") != nil)
    #expect(try await harness.pipeline.eventTypes() == ["booking.assignment_state_transition"])
    #expect(try await harness.store.outbox(after: 0, limit: 10).map(\.message.bookingID) == ["b-1"])
    #expect(harness.pipeline.faults.reached.contains(.bookingStored))
  }

  @Test func `a booking that breaks a capacity rule is stored, and the pipeline fails it with the reason`() async throws
  {
    let harness = try await DeskHarness()
    _ = try await harness.bookings.create(DeskHarness.new(at: -240), DeskHarness.byGuest)
    _ = try await harness.bookings.create(DeskHarness.new("b-2", party: 60), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce(limit: 2)
    #expect(try await harness.booking("b-1").slot.dining.length == .minutes(90))
    #expect(try await harness.booking("b-1").reason == .serviceOverrun)
    #expect(try await harness.booking("b-1").state == .failed)
    #expect(try await harness.booking("b-2").reason == .partyTooLarge)
    #expect(try await harness.booking("b-2").status == .cancelled)
  }

  @Test func `what no house could take, and what cannot be seen, is refused and not stored`() async throws {
    let harness = try await DeskHarness()
    var asked = DeskHarness.new(party: 501)
    #expect(await code { _ = try await harness.bookings.create(asked, DeskHarness.byGuest) } == "invalid_field")
    asked = DeskHarness.new(at: 3 * 366 * 1_440)
    #expect(await code { _ = try await harness.bookings.create(asked, DeskHarness.byGuest) } == "invalid_field")
    asked = DeskHarness.new()
    asked.restaurantID = "elsewhere"
    #expect(await code { _ = try await harness.bookings.create(asked, DeskHarness.byGuest) } == "not_found")
    let stranger = ChangeRequest(caller: Caller(name: "s", id: "s", role: .host, restaurants: ["elsewhere"]))
    #expect(await code { _ = try await harness.bookings.create(DeskHarness.new(), stranger) } == "not_found")
    #expect(try await harness.store.booking("b-1") == nil)
  }

  @Test func `an id that is in use is refused`() async throws {
    let harness = try await DeskHarness()
    _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(
      await code { _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest) } == "invalid_field")
  }

  @Test func `the idempotency record is committed with the booking, and names it`() async throws {
    let harness = try await DeskHarness()
    let record = IdempotencyRecord(
      scope: "key-app", key: "k-1", fingerprint: "f", resource: nil, response: nil, createdAt: harness.clock.now())
    let request = ChangeRequest(caller: DeskHarness.app, idempotency: record)
    _ = try await harness.bookings.create(DeskHarness.new(), request)
    #expect(try await harness.store.idempotencyRecord(scope: "key-app", key: "k-1")?.resource == "b-1")
    #expect(
      await code { _ = try await harness.bookings.create(DeskHarness.new("b-2"), request) } == "idempotency_conflict")
    #expect(try await harness.store.booking("b-2") == nil)
  }

  @Test func `a mandatory house confirms at once, in one transaction`() async throws {
    let harness = try await DeskHarness(.sample(automation: .mandatory))
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(booking.state == .confirmed && booking.status == .confirmed && booking.version == 6)
    #expect(try await harness.claims().map(\.table) == booking.tables)
    #expect(try await harness.store.attempts(of: "b-1").map(\.result) == [.success])
    #expect(try await harness.notices() == ["confirmed pending"])
    #expect(try await harness.pipeline.eventTypes().contains("coordinator.confirmed"))
    try await harness.expectSound()
  }

  @Test func `a mandatory house without a table answers with the nearest times, stores nothing, and counts`()
    async throws
  {
    let harness = try await DeskHarness(.sample(automation: .mandatory))
    let all: [TableNumber] = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"]
    let window = TimeWindow(start: DeskHarness.evening(-30), end: DeskHarness.evening(60))
    _ = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: all, window: window, reason: "party"), DeskHarness.byHost)
    do {
      _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
      Issue.record("accepted without a table")
    } catch {
      guard case .noTable(let alternatives) = error else { throw error }
      #expect(alternatives.first?.start == DeskHarness.evening(60))
      #expect(alternatives.count == 4)
    }
    #expect(
      await code { _ = try await harness.bookings.create(DeskHarness.new(at: -240), DeskHarness.byGuest) } != "none")
    #expect(try await harness.store.booking("b-1") == nil)
    var query = EventQuery()
    query.type = "coordinator.failed"
    let refused = try await harness.store.events(query).filter { $0.event.context["reason"] == "refused" }
    #expect(refused.count == 2)
  }

  @Test func `with V3 off a mandatory house is decided by the legacy flow`() async throws {
    let harness = try await DeskHarness(.sample(automation: .mandatory), flags: FeatureFlags())
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(booking.flow == .legacy && booking.strategy == .legacyBestFit)
    #expect(try await harness.lastRow().mode == .legacy)
    #expect(try await !harness.pipeline.eventTypes().contains("booking.assignment_state_transition"))
  }
}
