import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskHoldTests {
  private static let request = HoldRequest(restaurantID: "house", party: 2, start: DeskHarness.evening())

  @Test func `a hold takes the best tables for its time, and no longer`() async throws {
    let harness = try await DeskHarness()
    let hold = try await harness.holds.hold(Self.request, DeskHarness.byGuest)
    #expect(hold.caller == "key-app" && hold.expiresAt == harness.clock.now().adding(.seconds(180)))
    #expect(try await harness.holds.read(hold.id) == hold)
    try await harness.seatedByPipeline(party: 2)
    #expect(try await harness.booking().tables != hold.tables)
    #expect(
      await outcome { try await harness.bookings.move("b-1", to: hold.tables, DeskHarness.byHost) } == "table_taken")
    harness.clock.advance(by: .seconds(180))
    #expect(await code { _ = try await harness.holds.read(hold.id) } == "not_found")
    #expect(
      await outcome { try await harness.bookings.move("b-1", to: hold.tables, DeskHarness.byHost) }
        == "confirmed/confirmed")
  }

  @Test func `confirming makes the booking on the held tables, in one transaction`() async throws {
    let harness = try await DeskHarness()
    let hold = try await harness.holds.hold(Self.request, DeskHarness.byGuest)
    let booking = try await harness.holds.confirm(hold.id, guest: Guest(name: "Ada"), DeskHarness.byGuest)
    #expect(booking.state == .confirmed && booking.tables == hold.tables && booking.guest?.name == "Ada")
    #expect(booking.version == 6 && booking.flow == .v3)
    #expect(
      try await harness.pipeline.states(of: booking.id) == [
        .created, .capacityVerified, .assignmentPending, .assignmentInProgress, .assigned, .confirmed,
      ])
    #expect(try await harness.claims(booking.id).map(\.kind) == [.allocation])
    #expect(await code { _ = try await harness.holds.read(hold.id) } == "not_found")
    #expect(
      await outcome { try await harness.holds.confirm(hold.id, guest: nil, DeskHarness.byGuest) } == "hold_expired")
    try await harness.expectSound()
  }

  @Test func `a hold that ran out cannot be confirmed`() async throws {
    let harness = try await DeskHarness()
    let hold = try await harness.holds.hold(Self.request, DeskHarness.byGuest)
    harness.clock.advance(by: .seconds(181))
    #expect(
      await outcome { try await harness.holds.confirm(hold.id, guest: nil, DeskHarness.byGuest) } == "hold_expired")
  }

  @Test func `five a caller; releasing one makes room`() async throws {
    let harness = try await DeskHarness()
    var ids: [String] = []
    for _ in 0..<5 { ids.append(try await harness.holds.hold(Self.request, DeskHarness.byGuest).id) }
    #expect(await code { _ = try await harness.holds.hold(Self.request, DeskHarness.byGuest) } == "too_many_holds")
    try await harness.holds.release(ids[0], DeskHarness.byGuest)
    #expect(await code { _ = try await harness.holds.hold(Self.request, DeskHarness.byGuest) } == "none")
    #expect(await code { _ = try await harness.holds.hold(Self.request, DeskHarness.byHost) } == "none")
  }

  @Test func `another caller cannot use or release it, the house can`() async throws {
    let harness = try await DeskHarness()
    let other = ChangeRequest(caller: Caller(name: "other", id: "key-other", role: .guestApp))
    let hold = try await harness.holds.hold(Self.request, DeskHarness.byGuest)
    #expect(await code { try await harness.holds.release(hold.id, other) } == "not_found")
    #expect(await outcome { try await harness.holds.confirm(hold.id, guest: nil, other) } == "not_found")
    #expect(await code { try await harness.holds.release(hold.id, DeskHarness.byHost) } == "none")
  }

  @Test func `the capacity rules for guests are asked, and pacing again when it is confirmed`() async throws {
    let harness = try await DeskHarness(.sample(pacing: Pacing(intervalMinutes: 15, maxParties: 1)))
    var offGrid = Self.request
    offGrid.start = DeskHarness.evening(7)
    #expect(await code { _ = try await harness.holds.hold(offGrid, DeskHarness.byGuest) } == "off_grid")
    let hold = try await harness.holds.hold(Self.request, DeskHarness.byGuest)
    try await harness.seatedByPipeline()
    #expect(
      await outcome { try await harness.holds.confirm(hold.id, guest: nil, DeskHarness.byGuest) } == "pacing_exceeded")
    #expect(await code { _ = try await harness.holds.hold(Self.request, DeskHarness.byGuest) } == "pacing_exceeded")
  }

  @Test func `without a table it answers with other times`() async throws {
    let harness = try await DeskHarness()
    var large = Self.request
    large.party = 8
    let window = TimeWindow(start: DeskHarness.evening(), end: DeskHarness.evening(15))
    _ = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: ["T3", "T4", "T5", "T6", "T7", "T8"], window: window, reason: "x"),
      DeskHarness.byHost)
    #expect(await code { _ = try await harness.holds.hold(large, DeskHarness.byGuest) } == "no_table")
  }
}
