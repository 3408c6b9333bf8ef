import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskBlockTests {
  private static let window = TimeWindow(start: DeskHarness.evening(-60), end: DeskHarness.evening(240))

  private func block(
    _ tables: [TableNumber], _ harness: DeskHarness, displace: Bool = false
  ) async throws(DeskError) -> TableBlock {
    try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: tables, window: Self.window, reason: "repair", displace: displace),
      DeskHarness.byHost)
  }

  @Test func `a block takes tables until it is lifted; blocks may overlap`() async throws {
    let harness = try await DeskHarness()
    let one = try await block(["T1", "T2"], harness)
    let two = try await block(["T2"], harness)
    #expect(try await harness.floor.blocks("house", after: harness.clock.now()).map(\.id) == [one.id, two.id])
    try await harness.seatedByPipeline()
    #expect(await outcome { try await harness.bookings.move("b-1", to: ["T2"], DeskHarness.byHost) } == "table_taken")
    try await harness.floor.unblock(one.id, restaurant: "house", DeskHarness.byHost)
    try await harness.floor.unblock(two.id, restaurant: "house", DeskHarness.byHost)
    #expect(
      await code { try await harness.floor.unblock(two.id, restaurant: "house", DeskHarness.byHost) } == "not_found")
    #expect(
      await outcome { try await harness.bookings.move("b-1", to: ["T2"], DeskHarness.byHost) } == "confirmed/confirmed")
  }

  @Test func `a block over allocations is refused with their list`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T1"])
    do {
      _ = try await block(["T1", "T2"], harness)
      Issue.record("blocked")
    } catch {
      guard case .affected(let ids) = error else { throw error }
      #expect(ids == ["b-1"])
    }
    #expect(try await harness.floor.blocks("house", after: harness.clock.now()).isEmpty)
  }

  @Test func `displacing moves them, or sends them to review, in the same transaction`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(party: 2, on: ["T1"])
    try await harness.seatedByPipeline("b-2", party: 8, on: ["T8"])
    try await harness.seatedByPipeline("b-3", party: 3, on: ["T5"])
    try await harness.seatedByPipeline("b-4", party: 3, at: 15, on: ["T3"])
    _ = try await block(["T1", "T4", "T6", "T8"], harness, displace: true)
    let moved = try await harness.booking("b-1")
    #expect(moved.state == .confirmed && moved.tables != ["T1"])
    #expect(try await harness.notices("b-1").contains("moved pending"))
    let reviewed = try await harness.booking("b-2")
    #expect(reviewed.state == .manualReview && reviewed.reason == .tableBlocked && reviewed.tables.isEmpty)
    #expect(try await harness.booking("b-3").tables == ["T5"])
    try await harness.expectSound()
  }

  @Test func `seated parties cannot be displaced`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T1"])
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    #expect(await code { _ = try await block(["T1"], harness, displace: true) } == "bookings_affected")
  }

  @Test func `blocks delete holds, and what is left of ended visits gives way`() async throws {
    let harness = try await DeskHarness()
    let hold = try await harness.holds.hold(
      HoldRequest(restaurantID: "house", party: 2, start: DeskHarness.evening()), DeskHarness.byGuest)
    try await harness.seatedByPipeline(on: ["T7"])
    harness.clock.set(DeskHarness.evening(10))
    _ = try await harness.bookings.noShow("b-1", DeskHarness.byHost)
    _ = try await block(["T7"] + hold.tables, harness)
    #expect(await code { _ = try await harness.holds.read(hold.id) } == "not_found")
    try await harness.expectSound()
  }

  @Test func `tables that are not there, and windows that are empty, are refused`() async throws {
    let harness = try await DeskHarness()
    #expect(await code { _ = try await block(["T99"], harness) } == "unknown_table")
    #expect(await code { _ = try await block([], harness) } == "no_tables")
    let empty = TimeWindow(start: DeskHarness.evening(), end: DeskHarness.evening())
    let new = NewBlock(restaurantID: "house", tables: ["T1"], window: empty, reason: "x")
    #expect(await code { _ = try await harness.floor.block(new, DeskHarness.byHost) } == "invalid_field")
  }
}
