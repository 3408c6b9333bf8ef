import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskTablesTests {
  @Test func `a move swaps the claim, is the person's choice, and tells the guest`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline()
    let moved = try await harness.bookings.move("b-1", to: ["T4"], DeskHarness.byHost)
    #expect(moved.tables == ["T4"] && moved.strategy == .manual && moved.decisionID == nil)
    #expect(try await harness.claims().map(\.table) == ["T4"])
    let rows = try await harness.store.history(of: "b-1").suffix(2)
    #expect(rows.map(\.to) == [.assigned, .confirmed] && rows.allSatisfy { $0.actor == "anna" && $0.mode == .manual })
    #expect(try await harness.notices().contains("moved pending"))
    try await harness.expectSound()
  }

  @Test func `taken and unsuitable tables are refused`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(party: 3, on: ["T3"])
    try await harness.seatedByPipeline("b-2", party: 3, on: ["T4"])
    let move = { (tables: [TableNumber]) async in
      await outcome { try await harness.bookings.move("b-2", to: tables, DeskHarness.byHost) }
    }
    #expect(await move(["T3"]) == "table_taken")
    #expect(await move(["T1"]) == "too_few_seats")
    #expect(await move(["T3", "T7"]) == "not_connected")
    #expect(await move(["T99"]) == "unknown_table")
    #expect(await move([]) == "no_tables")
    #expect(try await harness.booking("b-2").tables == ["T4"])
  }

  @Test func `a host may use extra chairs, a guest's app may not`() async throws {
    var tables = Restaurant.sampleTables
    tables[2].maxParty = 5
    let harness = try await DeskHarness(.sample(tables: tables))
    try await harness.seatedByPipeline(party: 5, origin: .host, on: ["T7"])
    #expect(
      await outcome { try await harness.bookings.move("b-1", to: ["T3"], DeskHarness.byGuest) } == "too_few_seats")
    #expect(try await harness.bookings.move("b-1", to: ["T3"], DeskHarness.byHost).tables == ["T3"])
    try await harness.expectSound()
  }

  @Test func `a seated party that moves keeps its state, and its guests are told nothing`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .seated)
    let before = try await harness.notices().count
    let moved = try await harness.bookings.move("b-1", to: ["T5"], DeskHarness.byHost)
    #expect(moved.status == .seated)
    let row = try await harness.lastRow()
    #expect(row.from == .confirmed && row.to == .confirmed && row.cause == "move")
    #expect(try await harness.notices().count == before)
    try await harness.expectSound()
  }

  @Test func `a table chosen by hand ends the automatic work`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .pending)
    let picked = try await harness.bookings.move("b-1", to: ["T2"], DeskHarness.byHost)
    #expect(picked.state == .confirmed && picked.tables == ["T2"])
    #expect(try await harness.store.job(of: "b-1") == nil)
    #expect(try await harness.store.history(of: "b-1").map(\.cause).suffix(2) == ["hand_pick", "confirm"])
    #expect(try await harness.notices() == ["confirmed pending"])
    try await harness.expectSound()
  }

  @Test func `two bookings exchange their tables though both are always taken`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(party: 3, on: ["T3"])
    try await harness.seatedByPipeline("b-2", party: 4, at: 15, on: ["T4"])
    let swapped = try await harness.bookings.swap("b-2", "b-1", DeskHarness.byHost)
    #expect(swapped.map(\.id) == ["b-2", "b-1"] && swapped.map(\.tables) == [["T3"], ["T4"]])
    #expect(try await harness.claims("b-1").map(\.table) == ["T4"])
    #expect(try await harness.claims("b-2").map(\.window.start) == [DeskHarness.evening(15)])
    try await harness.expectSound()
    try await harness.seatedByPipeline("b-3", party: 2, on: ["T1"])
    #expect(
      await code { _ = try await harness.bookings.swap("b-1", "b-3", DeskHarness.byHost) } == "too_few_seats")
    #expect(await code { _ = try await harness.bookings.swap("b-1", "b-1", DeskHarness.byHost) } == "invalid_field")
    try await harness.booking(in: .review, "b-4")
    #expect(
      await code { _ = try await harness.bookings.swap("b-1", "b-4", DeskHarness.byHost) } == "transition_not_allowed")
  }

  @Test func `a pinned booking keeps its table when its time changes`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T7"])
    #expect(try await harness.bookings.pin("b-1", true, DeskHarness.byHost).pinned)
    let change = BookingChange(start: DeskHarness.evening(45), wishes: SeatingWishes(zone: "Elsewhere"))
    let changed = try await harness.bookings.change("b-1", change, DeskHarness.byGuest)
    #expect(changed.tables == ["T7"] && changed.pinned)
    #expect(try await !harness.bookings.pin("b-1", false, DeskHarness.byHost).pinned)
  }
}
