import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

/// Buffers of a quarter of an hour on both sides; b-1 dines on T1 from 19:00 to 20:30.
@Suite struct DeskSqueezeTests {
  private func house() async throws -> DeskHarness {
    let harness = try await DeskHarness(.sample(buffers: Buffers(beforeMinutes: 15, afterMinutes: 15)))
    try await harness.seatedByPipeline(on: ["T1"])
    return harness
  }

  @Test func `its own buffer is shortened first, and recorded`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-2", at: 105, on: ["T2"])
    #expect(await outcome { try await harness.bookings.move("b-2", to: ["T1"], DeskHarness.byHost) } == "table_taken")
    let squeezed = try await harness.bookings.squeeze("b-2", onto: ["T1"], DeskHarness.byHost)
    #expect(squeezed.tables == ["T1"] && squeezed.slot.block.start == DeskHarness.evening(105))
    let row = try await harness.store.history(of: "b-2").suffix(2).first
    #expect(row?.metadata["buffer_before_minutes"] == "0" && row?.metadata["buffer_after_minutes"] == "15")
    #expect(try await harness.claims("b-1").map(\.window.end) == [DeskHarness.evening(105)])
    try await harness.expectSound()
  }

  @Test func `then its neighbour's, never below the time at the table`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-2", at: 90, on: ["T2"])
    let squeezed = try await harness.bookings.squeeze("b-2", onto: ["T1"], DeskHarness.byHost)
    #expect(squeezed.slot.block.start == DeskHarness.evening(90))
    let neighbour = try await harness.booking("b-1")
    #expect(neighbour.slot.block.end == DeskHarness.evening(90) && neighbour.slot.dining.end == DeskHarness.evening(90))
    #expect(try await harness.claims("b-1").map(\.window) == [neighbour.slot.block])
    let row = try await harness.lastRow("b-1")
    #expect(row.cause == "squeeze" && row.metadata["squeezed_by"] == "b-2")
    try await harness.expectSound()
  }

  @Test func `dining windows that overlap cannot be squeezed, nor blocks`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-2", at: 75, on: ["T2"])
    #expect(
      await outcome { try await harness.bookings.squeeze("b-2", onto: ["T1"], DeskHarness.byHost) } == "table_taken")
    let window = TimeWindow(start: DeskHarness.evening(150), end: DeskHarness.evening(200))
    _ = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: ["T3"], window: window, reason: "repair"), DeskHarness.byHost)
    #expect(
      await outcome { try await harness.bookings.squeeze("b-2", onto: ["T3"], DeskHarness.byHost) } == "table_taken")
  }

  @Test func `a booking in review is squeezed onto a table and so confirmed; undo brings it back`() async throws {
    let harness = try await house()
    _ = try await harness.bookings.create(DeskHarness.new("b-2", at: 90), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    _ = try await harness.bookings.cancel("b-2", DeskHarness.byHost)
    let all: [TableNumber] = ["T2", "T3", "T4", "T5", "T6", "T7", "T8"]
    let window = TimeWindow(start: DeskHarness.evening(60), end: DeskHarness.evening(200))
    _ = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: all, window: window, reason: "party"), DeskHarness.byHost)
    #expect(try await harness.bookings.undo("b-2", DeskHarness.byHost).state == .manualReview)
    let squeezed = try await harness.bookings.squeeze("b-2", onto: ["T1"], DeskHarness.byHost)
    #expect(squeezed.state == .confirmed && squeezed.status == .confirmed)
    try await harness.expectSound()
    let undone = try await harness.review.undo("b-2", DeskHarness.byHost)
    #expect(undone.state == .manualReview && undone.tables.isEmpty && undone.status == .pending)
    #expect(try await harness.claims("b-2").isEmpty)
  }
}
