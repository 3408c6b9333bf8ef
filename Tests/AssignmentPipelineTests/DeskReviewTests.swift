import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskReviewTests {
  @Test func `the queue has the most urgent first, with tables and times for each`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .review, "b-1")
    try await harness.booking(in: .review, "b-2")
    _ = try await harness.review.keep("b-1", DeskHarness.byHost)
    let queue = try await harness.review.queue("house", after: nil, limit: 10, caller: DeskHarness.host)
    #expect(queue.map(\.booking.id) == ["b-2", "b-1"], "what the house keeps has no deadline")
    let item = try #require(queue.first)
    #expect(item.alertAt == DeskHarness.evening(-120) && !item.isAlerting)
    #expect(!item.tables.isEmpty && item.tables.count <= 3)
    #expect(item.tables.allSatisfy { !$0.why.isEmpty && $0.spareSeats >= 0 })
    #expect(item.times.count == 4 && item.times.allSatisfy { $0.start != item.booking.slot.dining.start })
    harness.clock.set(DeskHarness.evening(-100))
    let later = try await harness.review.queue(nil, after: "b-2", limit: 10, caller: DeskHarness.host)
    #expect(later.map(\.booking.id) == ["b-1"] && later.allSatisfy(\.isAlerting))
  }

  @Test func `when a table comes free it is a one-tap suggestion`() async throws {
    let harness = try await DeskHarness()
    let all: [TableNumber] = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"]
    let window = TimeWindow(start: DeskHarness.evening(-60), end: DeskHarness.evening(180))
    let block = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: all, window: window, reason: "party"), DeskHarness.byHost)
    _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    #expect(try await harness.booking().reason == .noTable)
    let full = try await harness.review.queue("house", after: nil, limit: 10, caller: DeskHarness.host)
    #expect(full.map(\.tables) == [[]])
    try await harness.floor.unblock(block.id, restaurant: "house", DeskHarness.byHost)
    let free = try await harness.review.queue("house", after: nil, limit: 10, caller: DeskHarness.host)
    let tap = try #require(free.first?.tables.first)
    let confirmed = try await harness.review.forceConfirm("b-1", tables: tap.tables, DeskHarness.byHost)
    #expect(confirmed.status == .confirmed && confirmed.strategy == .manual)
    try await harness.expectSound()
  }

  @Test func `requeue forgets attempts, and the pipeline decides anew`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .review)
    let queued = try await harness.review.requeue("b-1", DeskHarness.byHost)
    #expect(queued.state == .assignmentPending && queued.attempts == 0 && queued.reviewDeadline == nil)
    await harness.pipeline.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed)
    try await harness.expectSound()
  }

  @Test func `force confirm obeys the floor and other claims`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline("b-2", on: ["T2"])
    try await harness.booking(in: .review)
    let force = { (tables: [TableNumber]) async in
      await outcome { try await harness.review.forceConfirm("b-1", tables: tables, DeskHarness.byHost) }
    }
    #expect(await force(["T2"]) == "table_taken")
    #expect(await force(["T1", "T8"]) == "fixed_table")
    #expect(await force(["T1"]) == "confirmed/confirmed")
  }

  @Test func `a caller sees its restaurants only`() async throws {
    let harness = try await DeskHarness()
    try await harness.pipeline.put(.sample(id: "other"))
    try await harness.booking(in: .review)
    let stranger = Caller(name: "s", id: "s", role: .host, restaurants: ["other", "third"])
    #expect(try await harness.review.queue(nil, after: nil, limit: 10, caller: stranger).isEmpty)
    #expect(
      await code { _ = try await harness.review.queue("house", after: nil, limit: 10, caller: stranger) } == "not_found"
    )
    #expect(await outcome { try await harness.review.decline("b-1", ChangeRequest(caller: stranger)) } == "not_found")
  }
}
