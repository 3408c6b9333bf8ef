import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskChangeTests {
  @Test func `a change in any state passes the capacity checks first, and failing changes nothing`() async throws {
    for place in [DeskHarness.Place.created, .pending, .confirmed, .review] {
      let harness = try await DeskHarness()
      try await harness.booking(in: place)
      let before = try await harness.booking()
      let change = BookingChange(party: 60)
      #expect(
        await outcome { try await harness.bookings.change("b-1", change, DeskHarness.byGuest) } == "party_too_large")
      let late = BookingChange(start: DeskHarness.evening(200))
      #expect(await outcome { try await harness.bookings.change("b-1", late, DeskHarness.byGuest) } == "off_grid")
      #expect(try await harness.booking() == before)
    }
  }

  @Test func `own claims and own share of the pacing never conflict`() async throws {
    let pacing = Pacing(intervalMinutes: 15, maxCovers: 4, maxCoversOnline: 4, maxParties: 1)
    let harness = try await DeskHarness(.sample(pacing: pacing))
    let booking = try await harness.seatedByPipeline(party: 3)
    let changed = try await harness.bookings.change("b-1", BookingChange(party: 4), DeskHarness.byGuest)
    #expect(changed.tables == booking.tables && changed.party == 4)
    #expect(
      await outcome { try await harness.bookings.change("b-1", BookingChange(party: 5), DeskHarness.byGuest) }
        == "pacing_exceeded")
  }

  @Test func `a later time keeps the table where it is free, swaps the claim, and tells the guest`() async throws {
    let harness = try await DeskHarness()
    let booking = try await harness.seatedByPipeline()
    let start = DeskHarness.evening(30)
    let changed = try await harness.bookings.change("b-1", BookingChange(start: start), DeskHarness.byGuest)
    #expect(changed.tables == booking.tables && changed.state == .confirmed)
    #expect(try await harness.claims().map(\.window.start) == [start])
    #expect(try await harness.lastRow().cause == "change")
    #expect(try await harness.notices().sorted() == ["changed pending", "confirmed pending"])
    try await harness.expectSound()
  }

  @Test func `a larger party is planned first and gets other tables in one transaction`() async throws {
    let harness = try await DeskHarness()
    let booking = try await harness.seatedByPipeline()
    let changed = try await harness.bookings.change("b-1", BookingChange(party: 6), DeskHarness.byGuest)
    #expect(changed.tables != booking.tables && changed.status == .confirmed)
    #expect(changed.slot.dining.length == .minutes(120))
    #expect(try await harness.claims().map(\.table) == changed.tables)
    #expect(try await harness.pipeline.states().suffix(2) == [.assigned, .confirmed])
    try await harness.expectSound()
  }

  @Test func `without a plan it is refused with the nearest times and nothing changes`() async throws {
    let harness = try await DeskHarness()
    let before = try await harness.seatedByPipeline()
    try await fillLargeTables(harness)
    do {
      _ = try await harness.bookings.change("b-1", BookingChange(party: 7), DeskHarness.byGuest)
      Issue.record("changed without a table")
    } catch {
      guard case .noTable(let alternatives) = error else { throw error }
      #expect(!alternatives.isEmpty && alternatives.allSatisfy { $0.start != before.slot.dining.start })
    }
    #expect(try await harness.booking() == before)
  }

  @Test func `with on_no_table review the old tables stay claimed until a person decides`() async throws {
    let harness = try await DeskHarness()
    let before = try await harness.seatedByPipeline()
    try await fillLargeTables(harness)
    let change = BookingChange(party: 7, onNoTable: .review)
    let changed = try await harness.bookings.change("b-1", change, DeskHarness.byGuest)
    #expect(changed.state == .assignmentPending && changed.status == .confirmed && changed.party == 7)
    #expect(try await harness.claims().map(\.table) == before.tables)
    await harness.pipeline.worker.runOnce()
    let reviewed = try await harness.booking()
    #expect(reviewed.state == .manualReview && reviewed.status == .confirmed && reviewed.tables == before.tables)
    let ended = try await harness.review.decline("b-1", DeskHarness.byHost)
    #expect(ended.status == .cancelled)
    #expect(try await harness.claims().isEmpty)
    try await harness.expectSound()
  }

  @Test func `a waiting booking that changes begins anew with its attempts reset`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .review)
    let changed = try await harness.bookings.change(
      "b-1", BookingChange(start: DeskHarness.evening(60)), DeskHarness.byGuest)
    #expect(changed.state == .assignmentPending && changed.attempts == 0 && changed.reviewDeadline == nil)
    let job = try #require(try await harness.store.job(of: "b-1"))
    #expect(job.retries == 0 && job.failures == 0)
    await harness.pipeline.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed)
    try await harness.expectSound()
  }

  @Test func `another wish for a zone is planned again; a seated party only changes what is noted`() async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: .seated)
    let wishes = SeatingWishes(needs: [.highChair])
    let changed = try await harness.bookings.change("b-1", BookingChange(wishes: wishes), DeskHarness.byHost)
    #expect(changed.status == .seated && changed.wishes == wishes)
    let later = BookingChange(start: DeskHarness.evening(60))
    #expect(
      await outcome { try await harness.bookings.change("b-1", later, DeskHarness.byHost) } == "status_not_allowed")
  }

  @Test func `a need for an accessible table moves the booking to one`() async throws {
    let harness = try await DeskHarness()
    try await harness.seatedByPipeline()
    let change = BookingChange(wishes: SeatingWishes(needs: [.accessible]))
    #expect(try await harness.bookings.change("b-1", change, DeskHarness.byGuest).tables == ["T8"])
    try await harness.expectSound()
  }

  /// Takes every table that a party of seven could sit at, at the usual time.
  private func fillLargeTables(_ harness: DeskHarness) async throws {
    let window = TimeWindow(start: DeskHarness.evening(), end: DeskHarness.evening(30))
    let tables: [TableNumber] = ["T3", "T4", "T5", "T6", "T7", "T8"]
    _ = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: tables, window: window, reason: "party"), DeskHarness.byHost)
  }
}
