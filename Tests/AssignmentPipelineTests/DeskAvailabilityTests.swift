import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct DeskAvailabilityTests {
  private static let date = LocalDate("2026-06-01") ?? LocalDate(daysSinceEpoch: 0)

  private func times(_ harness: DeskHarness, party: Int, on date: LocalDate = date) async throws -> [AvailableTime] {
    try await harness.availability.times(
      "house", date: date, party: party, wishes: SeatingWishes(), caller: DeskHarness.app)
  }

  @Test func `starts of a date that hours, turn and the clock leave, each with its best tables`() async throws {
    let harness = try await DeskHarness()
    let times = try await times(harness, party: 2)
    // Lunch is over at 16:00 after 90 minutes, dinner at 23:00; it is 13:00.
    #expect(times.first?.start == harness.clock.now())
    #expect(times.count == 7 + 19)
    #expect(times.last?.start == DeskHarness.evening(150))
    #expect(times.allSatisfy { !$0.tables.isEmpty && $0.service != nil })
    #expect(try await self.times(harness, party: 60).isEmpty)
  }

  @Test func `full and paced starts are left out`() async throws {
    let harness = try await DeskHarness(.sample(pacing: Pacing(intervalMinutes: 15, maxCovers: 8)))
    try await harness.seatedByPipeline(party: 7)
    let starts = try await times(harness, party: 2).map(\.start)
    #expect(!starts.contains(DeskHarness.evening()) && starts.contains(DeskHarness.evening(15)))
    let window = TimeWindow(start: DeskHarness.evening(90), end: DeskHarness.evening(105))
    let tables: [TableNumber] = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"]
    _ = try await harness.floor.block(
      NewBlock(restaurantID: "house", tables: tables, window: window, reason: "x", displace: true), DeskHarness.byHost)
    let left = try await times(harness, party: 2).map(\.start)
    #expect(!left.contains(DeskHarness.evening(15)) && left.contains(DeskHarness.evening(105)))
  }

  @Test func `what it offers is what the pipeline gives`() async throws {
    let harness = try await DeskHarness(.sample(automation: .mandatory))
    for party in [2, 4, 6] {
      for (number, time) in try await times(harness, party: party).prefix(5).enumerated() {
        let new = NewBooking(
          restaurantID: "house", origin: .guest, guest: nil, party: party, start: time.start,
          id: BookingID("b-\(party)-\(number)"))
        #expect(try await harness.bookings.create(new, DeskHarness.byGuest).tables == time.tables)
        _ = try await harness.bookings.cancel(BookingID("b-\(party)-\(number)"), DeskHarness.byHost)
      }
    }
  }

  @Test func `nearest starts come by distance, the earlier first`() async throws {
    let harness = try await DeskHarness()
    let near = try await harness.availability.nearest(
      "house", to: DeskHarness.evening(5), party: 2, wishes: SeatingWishes(), limit: 3, byHost: false)
    #expect(near.map(\.start) == [0, 15, -15].map { DeskHarness.evening($0) })
    #expect(
      await code {
        _ = try await harness.availability.nearest(
          "nowhere", to: DeskHarness.evening(), party: 2, wishes: SeatingWishes(), limit: 3, byHost: false)
      } == "not_found")
  }

  @Test func `why this table: by the decision, by the person, or that there is none`() async throws {
    let harness = try await DeskHarness()
    let booking = try await harness.seatedByPipeline()
    let decided = try await harness.availability.explain("b-1")
    #expect(decided.decisionID == booking.decisionID && decided.decision != nil && decided.tables == booking.tables)
    #expect(decided.text.contains("Party of 2"))
    _ = try await harness.bookings.move("b-1", to: ["T6"], DeskHarness.byHost)
    let chosen = try await harness.availability.explain("b-1")
    #expect(chosen.decision == nil && chosen.text.contains("Table T6 was chosen by anna (move)"))
    _ = try await harness.bookings.cancel("b-1", DeskHarness.byHost)
    #expect(try await harness.availability.explain("b-1").text.contains("no table (cancelled)"))
    #expect(await code { _ = try await harness.availability.explain("b-9") } == "not_found")
  }

  @Test func `a caller waits for the end of the automatic work, or gets the booking as it is`() async throws {
    let harness = try await DeskHarness()
    _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(try await harness.progress.settled("b-1", within: .zero)?.state == .created)
    async let settled = harness.progress.settled("b-1", within: .seconds(30))
    await harness.pipeline.worker.runOnce()
    #expect(try await settled?.state == .confirmed)
    #expect(try await harness.progress.settled("b-1", within: .seconds(30))?.state == .confirmed)
    #expect(try await harness.progress.settled("b-9", within: .seconds(30)) == nil)
  }
}
