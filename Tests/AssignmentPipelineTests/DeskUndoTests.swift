import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskUndoTests {
  @Test func `a visit is taken back step by step, each with its history row`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .completed)
    #expect(try await harness.bookings.undo("b-1", DeskHarness.byHost).status == .seated)
    #expect(try await harness.claims().count == 1)
    #expect(try await harness.bookings.undo("b-1", DeskHarness.byHost).status == .confirmed)
    #expect(try await harness.lastRow().metadata["undone"] == "seat")
    #expect(await outcome { try await harness.bookings.undo("b-1", DeskHarness.byHost) } == "nothing_to_undo")
    try await harness.expectSound()
  }

  @Test func `undo of a no-show whose table was given away is refused`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T1"])
    _ = try await harness.bookings.noShow("b-1", DeskHarness.byHost)
    try await harness.seatedByPipeline("b-2", on: ["T1"])
    #expect(await outcome { try await harness.bookings.undo("b-1", DeskHarness.byHost) } == "table_taken")
    #expect(try await harness.booking().status == .noShow)
    try await harness.expectSound()
  }

  @Test func `undo of a cancellation confirms again on the old tables, and nothing is sent`() async throws {
    let harness = try await DeskHarness()
    let before = try await harness.seatedByPipeline(on: ["T4"])
    try await harness.deliverNotices()
    let cancelled = try await harness.bookings.cancel("b-1", DeskHarness.byGuest)
    #expect(cancelled.tables.isEmpty && cancelled.reason == .cancelled)
    #expect(try await harness.claims().isEmpty)
    let undone = try await harness.bookings.undo("b-1", DeskHarness.byHost)
    #expect(undone.state == .confirmed && undone.status == .confirmed && undone.tables == before.tables)
    let states = try await harness.pipeline.states()
    #expect(states.suffix(4) == [.failed, .manualReview, .assigned, .confirmed])
    #expect(try await harness.notices() == ["confirmed delivered", "moved delivered", "cancelled withdrawn"])
    try await harness.expectSound()
  }

  @Test func `undo of a cancellation that the guest was told of tells the guest again`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline()
    _ = try await harness.bookings.cancel("b-1", DeskHarness.byGuest)
    try await harness.deliverNotices()
    _ = try await harness.bookings.undo("b-1", DeskHarness.byHost)
    #expect(try await harness.notices() == ["confirmed delivered", "cancelled delivered", "confirmed pending"])
  }

  @Test func `undo of a cancellation whose tables are taken waits for a person`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T1"])
    _ = try await harness.bookings.cancel("b-1", DeskHarness.byGuest)
    try await harness.seatedByPipeline("b-2", on: ["T1"])
    let undone = try await harness.bookings.undo("b-1", DeskHarness.byHost)
    #expect(undone.state == .manualReview && undone.status == .pending && undone.reviewDeadline != nil)
    #expect(try await harness.notices().contains("needs_review pending"))
    try await harness.expectSound()
  }

  @Test func `cancellations and declines are taken back before the start only`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .failed)
    harness.clock.set(DeskHarness.evening())
    #expect(await outcome { try await harness.bookings.undo("b-1", DeskHarness.byHost) } == "nothing_to_undo")
  }

  @Test func `undo of a decline goes back to review; too late for its deadline the house keeps it`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .review)
    _ = try await harness.review.decline("b-1", DeskHarness.byHost)
    #expect(try await harness.notices().contains("declined pending"))
    let undone = try await harness.review.undo("b-1", DeskHarness.byHost)
    #expect(undone.state == .manualReview && undone.reviewDeadline == DeskHarness.evening(-30))
    #expect(try await harness.notices().contains("declined withdrawn"))
    _ = try await harness.review.decline("b-1", DeskHarness.byHost)
    harness.clock.set(DeskHarness.evening(-10))
    #expect(try await harness.review.undo("b-1", DeskHarness.byHost).reviewDeadline == nil)
  }

  @Test func `undo of a requeue is possible until the pipeline takes it up`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .review)
    _ = try await harness.review.requeue("b-1", DeskHarness.byHost)
    #expect(try await harness.review.undo("b-1", DeskHarness.byHost).state == .manualReview)
    #expect(try await harness.store.job(of: "b-1") == nil)
    _ = try await harness.review.requeue("b-1", DeskHarness.byHost)
    await harness.pipeline.worker.runOnce()
    #expect(await outcome { try await harness.review.undo("b-1", DeskHarness.byHost) } == "nothing_to_undo")
  }

  @Test func `undo of a move brings the old tables back, or says that they are taken`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(party: 3, on: ["T3"])
    try await harness.deliverNotices()
    _ = try await harness.bookings.move("b-1", to: ["T5"], DeskHarness.byHost)
    let undone = try await harness.bookings.undo("b-1", DeskHarness.byHost)
    #expect(undone.tables == ["T3"] && undone.state == .confirmed)
    #expect(try await harness.notices().filter { $0 == "moved withdrawn" }.count == 1)
    #expect(try await !harness.notices().contains { $0.hasSuffix("pending") })
    _ = try await harness.bookings.move("b-1", to: ["T5"], DeskHarness.byHost)
    try await harness.seatedByPipeline("b-2", party: 3, on: ["T3"])
    #expect(await outcome { try await harness.bookings.undo("b-1", DeskHarness.byHost) } == "table_taken")
    try await harness.expectSound()
  }

  @Test func `undo of a move that was told tells the tables again`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(party: 3, on: ["T3"])
    _ = try await harness.bookings.move("b-1", to: ["T5"], DeskHarness.byHost)
    try await harness.deliverNotices()
    _ = try await harness.bookings.undo("b-1", DeskHarness.byHost)
    #expect(try await harness.notices().last == "moved pending")
  }

  @Test func `undo of a force confirm is possible until the party is seated`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .review)
    _ = try await harness.review.forceConfirm("b-1", tables: ["T2"], DeskHarness.byHost)
    let undone = try await harness.review.undo("b-1", DeskHarness.byHost)
    #expect(undone.state == .manualReview && undone.status == .pending && undone.tables.isEmpty)
    #expect(try await harness.claims().isEmpty)
    #expect(try await harness.notices() == ["confirmed withdrawn"])
    _ = try await harness.review.forceConfirm("b-1", tables: ["T2"], DeskHarness.byHost)
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    let seated = try await harness.review.undo("b-1", DeskHarness.byHost)
    #expect(seated.status == .confirmed, "what was undone is the seating")
    #expect(await outcome { try await harness.review.undo("b-1", DeskHarness.byHost) } == "nothing_to_undo")
    try await harness.expectSound()
  }

  @Test func `a booking that was in review with its old tables claimed comes back so`() async throws {
    let harness = try await DeskHarness()
    let before = try await harness.seatedByPipeline(on: ["T1"])
    let window = TimeWindow(start: DeskHarness.evening(), end: DeskHarness.evening(30))
    _ = try await harness.floor.block(
      NewBlock(
        restaurantID: "house", tables: ["T3", "T4", "T5", "T6", "T7", "T8"], window: window, reason: "party"),
      DeskHarness.byHost)
    _ = try await harness.bookings.change("b-1", BookingChange(party: 7, onNoTable: .review), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    _ = try await harness.bookings.cancel("b-1", DeskHarness.byGuest)
    let undone = try await harness.bookings.undo("b-1", DeskHarness.byHost)
    #expect(undone.state == .manualReview && undone.status == .confirmed && undone.tables == before.tables)
    #expect(try await harness.claims().map(\.table) == before.tables)
    try await harness.expectSound()
  }

  @Test func `a change of time uses the undo up`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T2"])
    _ = try await harness.bookings.change("b-1", BookingChange(start: DeskHarness.evening(30)), DeskHarness.byGuest)
    #expect(await outcome { try await harness.bookings.undo("b-1", DeskHarness.byHost) } == "nothing_to_undo")
  }
}
