import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskVisitTests {
  private func house() async throws -> DeskHarness {
    let harness = try await DeskHarness(.sample(buffers: Buffers(beforeMinutes: 0, afterMinutes: 10)))
    try await harness.seatedByPipeline(on: ["T1"])
    return harness
  }

  @Test func `seating early moves the claim's start to now, floored to the minute`() async throws {
    let harness = try await house()
    harness.clock.set(DeskHarness.evening(-20).adding(.seconds(40)))
    let seated = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    #expect(seated.status == .seated && seated.slot.dining.start == DeskHarness.evening())
    #expect(try await harness.claims().map(\.window.start) == [DeskHarness.evening(-20)])
    let undone = try await harness.bookings.undo("b-1", DeskHarness.byHost)
    #expect(undone.status == .confirmed)
    #expect(try await harness.claims().map(\.window.start) == [DeskHarness.evening()])
    try await harness.expectSound()
  }

  @Test func `seating early onto a table that is taken is refused`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-2", at: -120, on: ["T1"])
    harness.clock.set(DeskHarness.evening(-25))
    #expect(await outcome { try await harness.bookings.seat("b-1", DeskHarness.byHost) } == "table_taken")
    harness.clock.set(DeskHarness.evening(-15))
    #expect(await outcome { try await harness.bookings.seat("b-1", DeskHarness.byHost) } == "confirmed/seated")
  }

  @Test func `seating late leaves the claim`() async throws {
    let harness = try await house()
    harness.clock.set(DeskHarness.evening(20))
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    #expect(try await harness.claims().map(\.window.start) == [DeskHarness.evening()])
  }

  @Test func `completing ends the claim at now plus the after-buffer`() async throws {
    let harness = try await house()
    harness.clock.set(DeskHarness.evening())
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    harness.clock.set(DeskHarness.evening(50).adding(.seconds(5)))
    let completed = try await harness.bookings.complete("b-1", DeskHarness.byHost)
    #expect(completed.status == .completed && completed.slot.dining.end == DeskHarness.evening(51))
    #expect(try await harness.claims().map(\.window.end) == [DeskHarness.evening(61)])
    try await harness.expectSound()
  }

  @Test func `a party that stayed into the next one's time can still complete`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-2", at: 105, on: ["T1"])
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    harness.clock.set(DeskHarness.evening(120))
    #expect(await outcome { try await harness.bookings.complete("b-1", DeskHarness.byHost) } == "confirmed/completed")
    #expect(try await harness.claims().map(\.window.end) == [DeskHarness.evening(105)])
    try await harness.expectSound()
  }

  @Test func `a no-show ends the claim now; an empty one is released`() async throws {
    let harness = try await house()
    harness.clock.set(DeskHarness.evening(20))
    #expect(try await harness.bookings.noShow("b-1", DeskHarness.byHost).status == .noShow)
    #expect(try await harness.claims().map(\.window.end) == [DeskHarness.evening(20)])
    try await harness.seatedByPipeline("b-2", at: 120, on: ["T1"])
    #expect(try await harness.bookings.noShow("b-2", DeskHarness.byHost).status == .noShow)
    #expect(try await harness.claims("b-2").isEmpty)
    #expect(try await harness.bookings.undo("b-2", DeskHarness.byHost).status == .confirmed)
    #expect(try await harness.claims("b-2").map(\.table) == ["T1"])
    try await harness.expectSound()
  }

  @Test func `whoever still sits when the window ends keeps the table, and nobody walks in on it`() async throws {
    let harness = try await house()
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    let keeper = StayKeeper(environment: harness.pipeline.environment)
    harness.clock.set(DeskHarness.evening(99).adding(.seconds(-1)))
    try await keeper.runOnce()
    #expect(try await harness.claims().map(\.window.end) == [DeskHarness.evening(100)], "not before its last minute")
    harness.clock.set(DeskHarness.evening(99).adding(.seconds(1)))
    try await keeper.runOnce()
    try await keeper.runOnce()
    let booking = try await harness.booking("b-1")
    #expect(booking.slot.block.end == DeskHarness.evening(115) && booking.slot.dining.end == DeskHarness.evening(105))
    #expect(try await harness.claims().map(\.window.end) == [DeskHarness.evening(115)])
    harness.clock.set(DeskHarness.evening(101))
    let walkIn = NewWalkIn(restaurantID: "house", party: 2, tables: ["T1"])
    #expect(await outcome { try await harness.bookings.walkIn(walkIn, DeskHarness.byHost) } == "table_taken")
    let row = try await harness.lastRow()
    #expect(row.cause == "extend" && row.mode == .v3 && row.metadata["minutes"] == "15")
    #expect(try await harness.store.replans(limit: 10).map(\.cause) == [.overstay])
    try await harness.expectSound()
  }

  @Test func `after a while without the keeper a party is extended until it ends later than now`() async throws {
    let harness = try await house()
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    harness.clock.set(DeskHarness.evening(118))
    try await StayKeeper(environment: harness.pipeline.environment).runOnce()
    #expect(try await harness.claims().map(\.window.end) == [DeskHarness.evening(130)])
  }

  @Test func `nobody is extended into the next party's time, after closing, or once they have left`() async throws {
    let harness = try await house()
    let keeper = StayKeeper(environment: harness.pipeline.environment)
    try await harness.seatedByPipeline("b-2", at: 105, on: ["T1"])
    try await harness.seatedByPipeline("late", at: 150, on: ["T2"])
    try await harness.seatedByPipeline("gone", on: ["T3"])
    for id in ["b-1", "gone"] as [BookingID] { _ = try await harness.bookings.seat(id, DeskHarness.byHost) }
    harness.clock.set(DeskHarness.evening(95))
    _ = try await harness.bookings.complete("gone", DeskHarness.byHost)
    harness.clock.set(DeskHarness.evening(100))
    try await keeper.runOnce()
    try await keeper.runOnce()
    #expect(try await harness.claims().map(\.window.end) == [DeskHarness.evening(105)])
    #expect(try await harness.claims("gone").map(\.window.end) == [DeskHarness.evening(105)])
    #expect(try await harness.floor.risks("house").map(\.bookingID) == ["b-2"])
    harness.clock.set(DeskHarness.evening(150))
    _ = try await harness.bookings.seat("late", DeskHarness.byHost)
    let closing = try await harness.booking("late").slot.block.end
    harness.clock.set(closing)
    try await keeper.runOnce()
    #expect(try await harness.booking("late").slot.block.end == closing)
    try await harness.expectSound()
  }

  @Test func `a party stays 15 minutes at a time, never past the next claim, which is shown at risk`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-2", at: 120, on: ["T1"])
    harness.clock.set(DeskHarness.evening())
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    #expect(try await harness.floor.risks("house").isEmpty)
    let first = try await harness.bookings.extend("b-1", DeskHarness.byHost)
    #expect(first.slot.block.end == DeskHarness.evening(115) && first.slot.dining.end == DeskHarness.evening(105))
    let second = try await harness.bookings.extend("b-1", DeskHarness.byHost)
    #expect(second.slot.block.end == DeskHarness.evening(120))
    #expect(try await harness.lastRow().metadata["minutes"] == "5")
    #expect(await outcome { try await harness.bookings.extend("b-1", DeskHarness.byHost) } == "table_taken")
    let risks = try await harness.floor.risks("house")
    #expect(risks.map(\.bookingID) == ["b-2"] && risks.map(\.causedBy) == ["b-1"])
    let help = try #require(risks.first?.suggestedTables)
    #expect(!help.isEmpty && !help.contains("T1"))
    #expect(
      await outcome { try await harness.bookings.move("b-2", to: help, DeskHarness.byHost) } == "confirmed/confirmed")
    #expect(try await harness.floor.risks("house").isEmpty)
    try await harness.expectSound()
  }

  @Test func `a party past its end puts the next one at risk`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-2", at: 105, on: ["T1"])
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    harness.clock.set(DeskHarness.evening(89))
    #expect(try await harness.floor.risks("house").isEmpty)
    harness.clock.set(DeskHarness.evening(91))
    #expect(try await harness.floor.risks("house").map(\.bookingID) == ["b-2"])
  }

  @Test func `a walk-in is seated in one transaction with one history row, off grid and without pacing`() async throws {
    let pacing = Pacing(intervalMinutes: 15, maxParties: 0)
    let harness = try await DeskHarness(.sample(pacing: pacing))
    harness.clock.set(DeskHarness.evening(7).adding(.seconds(30)))
    let walkIn = try await harness.bookings.walkIn(NewWalkIn(restaurantID: "house", party: 3), DeskHarness.byHost)
    #expect(walkIn.status == .seated && walkIn.state == .confirmed && walkIn.version == 1)
    #expect(walkIn.slot.dining.start == DeskHarness.evening(7) && walkIn.origin == .walkIn)
    let history = try await harness.store.history(of: walkIn.id)
    #expect(history.map(\.from) == [nil] && history.map(\.to) == [.confirmed])
    #expect(try await harness.claims(walkIn.id).map(\.table) == walkIn.tables)
    #expect(try await harness.notices(walkIn.id).isEmpty)
    #expect(try await harness.store.job(of: walkIn.id) == nil)
    try await harness.expectSound()
  }

  @Test func `a walk-in without a table, onto a taken one, or out of hours is refused`() async throws {
    let harness = try await house()
    let walkIn = { (tables: [TableNumber], party: Int) async in
      let new = NewWalkIn(restaurantID: "house", party: party, tables: tables)
      return await outcome { try await harness.bookings.walkIn(new, DeskHarness.byHost) }
    }
    harness.clock.set(DeskHarness.evening(10))
    #expect(await walkIn(["T1"], 2) == "table_taken")
    #expect(await walkIn(["T2"], 4) == "too_few_seats")
    #expect(await walkIn(["T2"], 2) == "confirmed/seated")
    for table in ["T3", "T4", "T5", "T6", "T7", "T8"] { _ = await walkIn([TableNumber(table)], 2) }
    #expect(await walkIn([], 2) == "no_table")
    harness.clock.set(DeskHarness.evening(235))
    #expect(await walkIn([], 2) == "service_overrun")
    harness.clock.set(DeskHarness.evening(300))
    #expect(await walkIn([], 2) == "closed")
  }
}
