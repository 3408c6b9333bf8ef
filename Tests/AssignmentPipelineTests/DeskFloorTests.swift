import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskFloorTests {
  private func put(
    _ restaurant: Restaurant, _ harness: DeskHarness, affected: AffectedPolicy = .refuse, revision: Int? = nil
  ) async throws(DeskError) -> StoredRestaurant {
    try await harness.floor.put(
      restaurant, document: RestaurantFile.encode(restaurant), affected: affected,
      ChangeRequest(caller: DeskHarness.host, expectedVersion: revision))
  }

  private func without(_ table: TableNumber) -> Restaurant {
    .sample(tables: Restaurant.sampleTables.filter { $0.number != table })
  }

  @Test func `a floor edit that touches no booking is stored, at the revision that was seen`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T1"])
    let stored = try await put(without("T7"), harness, revision: 1)
    #expect(stored.revision == 2)
    #expect(await outcome { try await harness.bookings.move("b-1", to: ["T7"], DeskHarness.byHost) } == "unknown_table")
    #expect(await code { _ = try await put(without("T6"), harness, revision: 1) } == "stale_version")
    #expect(try await put(.sample(id: "new"), harness).revision == 1)
    #expect(await code { _ = try await put(.sample(id: "newer"), harness, revision: 4) } == "stale_version")
  }

  @Test func `one that takes a booking's table is refused with the list, or sends it to review`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(on: ["T1"])
    try await harness.seatedByPipeline("b-2", on: ["T2"])
    do {
      _ = try await put(without("T1"), harness)
      Issue.record("stored")
    } catch {
      guard case .affected(let ids) = error else { throw error }
      #expect(ids == ["b-1"])
    }
    #expect(try await harness.store.restaurantRevision("house") == 1)
    _ = try await put(without("T1"), harness, affected: .review)
    let affected = try await harness.booking()
    #expect(affected.state == .manualReview && affected.status == .pending && affected.reason == .floorChanged)
    #expect(affected.tables.isEmpty && affected.reviewDeadline != nil)
    #expect(try await harness.claims().isEmpty)
    #expect(try await harness.notices().contains("needs_review pending"))
    #expect(try await harness.booking("b-2").state == .confirmed)
    try await harness.expectSound()
  }

  @Test func `tables that became too small or inactive count too, past and seated parties do not`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline(party: 4, on: ["T3"])
    try await harness.seatedByPipeline("b-2", party: 4, on: ["T4"])
    try await harness.seatedByPipeline("b-3", party: 4, on: ["T5"])
    _ = try await harness.bookings.seat("b-3", DeskHarness.byHost)
    var tables = Restaurant.sampleTables
    tables[2].capacity = 3
    tables[3].isActive = false
    tables[4].capacity = 2
    do {
      _ = try await put(.sample(tables: tables), harness)
      Issue.record("stored")
    } catch {
      guard case .affected(let ids) = error else { throw error }
      #expect(ids == ["b-1", "b-2"])
    }
  }

  @Test func `blocks in the file are claims, and follow the file`() async throws {
    let harness = try await DeskHarness()
    var house = Restaurant.sample()
    let window = TimeWindow(start: DeskHarness.evening(-30), end: DeskHarness.evening(30))
    house.floor.blocks = [FileBlock(tables: ["T1", "T2"], window: window, reason: "repair")]
    _ = try await put(house, harness)
    let blocks = try await harness.floor.blocks("house", after: harness.clock.now())
    #expect(blocks.map(\.tables) == [["T1", "T2"]] && blocks.map(\.reason) == ["repair"])
    try await harness.seatedByPipeline()
    #expect(try await !harness.booking().tables.contains("T1"))
    _ = try await put(.sample(), harness)
    #expect(try await harness.floor.blocks("house", after: harness.clock.now()).isEmpty)
    _ = try await harness.bookings.move("b-1", to: ["T1"], DeskHarness.byHost)
    #expect(await code { _ = try await put(house, harness) } == "bookings_affected")
    _ = try await put(house, harness, affected: .review)
    #expect(try await harness.booking().reason == .tableBlocked)
    try await harness.expectSound()
  }

  @Test func `a floor with too many combinations is refused`() async throws {
    let harness = try await DeskHarness()
    let tables = (1...80).map { DiningTable(number: TableNumber("\($0)"), zone: "Main", capacity: 2) }
    var house = Restaurant.sample(tables: tables)
    house.combining = CombiningPolicy(maxTables: 5, requireAdjacency: false)
    #expect(await code { _ = try await put(house, harness) } == "invalid_field")
    #expect(try await harness.store.restaurantRevision("house") == 1)
  }
}
