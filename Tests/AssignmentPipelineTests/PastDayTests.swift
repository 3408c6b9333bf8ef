import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import SeatingEngine
import Testing

/// A service date read as it ended.
@Suite struct PastDayTests {
  /// One table for two and one for four.
  private func house() async throws -> DeskHarness {
    try await DeskHarness(
      .sample(tables: [
        DiningTable(number: "T1", zone: "Main", capacity: 2, mobility: .fixed),
        DiningTable(number: "T2", zone: "Main", capacity: 4, mobility: .fixed),
      ]))
  }

  private func record(_ harness: DeskHarness, daysLater: Int = 0) async throws -> PastDayRecord {
    let stored = try #require(try await harness.store.restaurant("house"))
    let date = stored.restaurant.calendar.local(DeskHarness.evening()).date
    return try await PastDayReader(harness.store).read(stored.restaurant, on: date.adding(days: daysLater))
  }

  private func review(_ harness: DeskHarness, _ id: BookingID, party: Int = 2, at minutes: Int = 0) async throws {
    _ = try await harness.bookings.create(DeskHarness.new(id, party: party, at: minutes), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    #expect(try await harness.booking(id).state == .manualReview)
  }

  private func fates(_ record: PastDayRecord) -> [BookingID: PartyFate] {
    Dictionary(uniqueKeysWithValues: record.day.parties.map { ($0.booking.id, $0.fate) })
  }

  @Test func `seated, waiting and declined parties are told apart, and who decided by hand`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-1", party: 4)
    try await harness.seatedByPipeline("b-2", on: ["T1"])
    try await review(harness, "b-3")
    try await review(harness, "b-4")
    _ = try await harness.review.decline("b-4", DeskHarness.byHost)
    _ = try await harness.bookings.create(DeskHarness.new("b-5", party: 40), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    let record = try await record(harness)
    #expect(fates(record) == ["b-1": .seated, "b-2": .seated, "b-3": .turnedAway, "b-4": .turnedAway])
    #expect(record.day.parties.filter(\.isByHand).map(\.booking.id) == ["b-4"])
    #expect(record.waiting == 1 && record.refusedByRules == 1 && record.cancellations == 0 && record.count == 5)
    _ = try await harness.bookings.create(DeskHarness.new("b-6"), DeskHarness.byGuest)
    #expect(try await self.record(harness).count == 6, "one that nobody has looked at yet counts too")
    #expect(try await self.record(harness, daysLater: 1).count == 0)
    #expect(try await self.record(harness, daysLater: -1).count == 0)
  }

  @Test func `a table chosen by hand is an override, and so is a pinned one`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-1", on: ["T1"])
    try await harness.seatedByPipeline("b-2", at: 120)
    _ = try await harness.bookings.move("b-1", to: ["T2"], DeskHarness.byHost)
    #expect(try await record(harness).day.parties.filter(\.isByHand).map(\.booking.id) == ["b-1"])
    _ = try await harness.bookings.pin("b-2", true, DeskHarness.byHost)
    #expect(try await record(harness).day.parties.filter(\.isByHand).map(\.booking.id) == ["b-1", "b-2"])
    try await review(harness, "b-3", party: 4)
    let record = try await record(harness)
    let stored = try #require(try await harness.store.restaurant("house"))
    let regret = RegretFinder(floor: CompiledFloor(restaurant: stored.restaurant)).regret(of: record.day)
    #expect(regret.parts.filter { $0.bookings > 0 }.map(\.cause) == [.overrides])
    #expect(regret.bookings == 1 && regret.covers == 4 && regret.isProven)
  }

  @Test func `a no-show counts for its whole time, unless somebody else had its table`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-1", on: ["T1"])
    harness.clock.set(DeskHarness.evening(20))
    _ = try await harness.bookings.noShow("b-1", DeskHarness.byHost)
    var party = try #require(try await record(harness).day.parties.first)
    #expect(party.fate == .absent && party.tables == ["T1"])
    #expect(party.booking.slot.block.end == DeskHarness.evening(90))
    _ = try await harness.bookings.walkIn(
      NewWalkIn(restaurantID: "house", party: 2, tables: ["T1"]), DeskHarness.byHost)
    let record = try await record(harness)
    party = try #require(record.day.parties.first { $0.fate == .absent })
    #expect(party.booking.slot.block.end == DeskHarness.evening(20))
    #expect(record.noShows == 1)
  }

  @Test func `a party that left early had its table for the time that was planned`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-1", on: ["T1"])
    harness.clock.set(DeskHarness.evening())
    _ = try await harness.bookings.seat("b-1", DeskHarness.byHost)
    harness.clock.set(DeskHarness.evening(30))
    _ = try await harness.bookings.complete("b-1", DeskHarness.byHost)
    let left = try #require(try await record(harness).day.parties.first)
    #expect(left.fate == .seated && left.booking.slot.block.end == DeskHarness.evening(90))
  }

  @Test func `a cancellation is late only when somebody had gone who wanted that time`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-1", on: ["T1"])
    try await harness.seatedByPipeline("b-2", party: 4)
    _ = try await harness.bookings.cancel("b-1", DeskHarness.byGuest)
    var record = try await record(harness)
    #expect(record.cancellations == 1 && fates(record) == ["b-2": .seated])
    try await review(harness, "b-3", party: 4)
    try await review(harness, "b-4", party: 4, at: 15)
    harness.clock.advance(by: .seconds(60))
    _ = try await harness.review.decline("b-3", DeskHarness.byHost)
    harness.clock.advance(by: .seconds(60))
    _ = try await harness.bookings.cancel("b-2", DeskHarness.byGuest)
    record = try await self.record(harness)
    #expect(fates(record) == ["b-2": .absent, "b-3": .turnedAway, "b-4": .turnedAway])
    #expect(record.lateCancellations == 1 && record.cancellations == 1)
    #expect(record.day.parties.first { $0.fate == .absent }?.tables == ["T2"])
    // Who takes the table after all takes it from nobody.
    _ = try await harness.review.forceConfirm("b-4", tables: ["T2"], DeskHarness.byHost)
    record = try await self.record(harness)
    #expect(fates(record) == ["b-3": .turnedAway, "b-4": .seated] && record.lateCancellations == 0)
  }

  @Test func `blocks are what no plan could have had`() async throws {
    let harness = try await house()
    try await harness.seatedByPipeline("b-1", on: ["T1"])
    let window = TimeWindow(start: DeskHarness.evening(-60), end: DeskHarness.evening(180))
    _ = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: ["T2"], window: window, reason: "repair"), DeskHarness.byHost)
    let record = try await record(harness)
    #expect(record.day.claims == [SnapshotClaim(table: "T2", window: window)])
  }
}
