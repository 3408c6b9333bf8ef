import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

/// Room for a booking that finds no table.
@Suite struct MakeRoomTests {
  private static let automatic = OptimisationPolicy(automatic: true)

  @Test func `the pipeline moves others before it says no, in the transaction that confirms`() async throws {
    let house = try await SmallHouse(Self.automatic)
    try await house.coupleAtLargeTable()
    let four = try await house.fourArrive()
    #expect(four.state == .confirmed && four.tables == ["T4"] && four.strategy == .optimalFit)
    #expect(try await house.tables("couple") == ["T2"])
    #expect(try await house.harness.notices("couple") == ["confirmed pending", "moved pending"])
    #expect(try await house.harness.lastRow("couple").actor == "optimizer")
    let plans = try await house.optimizer.plans("house", date: SmallHouse.date, caller: DeskHarness.host)
    #expect(plans.map(\.state) == [.applied] && plans[0].isAutomatic && plans[0].cause == .noTable)
    #expect(plans[0].moves.map(\.bookingID) == ["couple", "four"] && plans[0].moveCount == 1)
    #expect(try await house.actions() == ["optimizer.applied make_room"])
    // The whole of it can be taken back.
    _ = try await house.optimizer.undo(plans[0].id, of: "house", DeskHarness.byHost)
    #expect(try await house.tables("couple") == ["T4"])
    #expect(try await house.harness.booking("four").state == .manualReview)
    try await house.harness.expectSound()
  }

  @Test func `only where the house wants it, V3 decides, and the budget of the date is not used up`() async throws {
    for (policy, flags) in [
      (OptimisationPolicy(), FeatureFlags(pipelineV3: true)),
      (Self.automatic, FeatureFlags(pipelineV3: false)),
      (OptimisationPolicy(automatic: true, churnBudget: 0), FeatureFlags(pipelineV3: true)),
    ] {
      let house = try await SmallHouse(policy, flags: flags)
      try await house.coupleAtLargeTable()
      #expect(try await house.fourArrive().tables.isEmpty)
      #expect(try await house.tables("couple") == ["T4"])
    }
    let once = try await SmallHouse(OptimisationPolicy(automatic: true, churnBudget: 1))
    try await once.coupleAtLargeTable("c1")
    try await once.coupleAtLargeTable("c2", at: 120)
    #expect(try await once.fourArrive("f1").state == .confirmed)
    #expect(try await once.fourArrive("f2", at: 120).state == .manualReview, "one move a date")
  }

  @Test func `who is pinned meanwhile is not moved`() async throws {
    let house = try await SmallHouse(Self.automatic)
    try await house.coupleAtLargeTable()
    let bookings = house.harness.bookings
    house.harness.pipeline.faults.once(at: .confirming) {
      _ = try await bookings.pin("couple", true, DeskHarness.byHost)
    }
    try await house.fourArrive()
    #expect(try await house.tables("couple") == ["T4"])
    house.harness.clock.advance(by: .seconds(1))
    await house.harness.pipeline.worker.runOnce()
    let four = try await house.harness.booking("four")
    #expect(four.state == .manualReview && four.reason == .noTable)
    try await house.harness.expectSound()
  }

  @Test func `a house that takes only whom it can seat at once moves others too`() async throws {
    let house = try await SmallHouse(Self.automatic, automation: .mandatory)
    try await house.coupleAtLargeTable()
    let four = try await house.harness.bookings.create(DeskHarness.new("four", party: 4), DeskHarness.byGuest)
    #expect(four.state == .confirmed && four.tables == ["T4"])
    #expect(try await house.tables("couple") == ["T2"])
    try await house.harness.expectSound()
  }

  @Test func `a change of size moves others too`() async throws {
    let house = try await SmallHouse(Self.automatic)
    try await house.coupleAtLargeTable()
    try await house.harness.seatedByPipeline("two", party: 2)
    let grown = await outcome {
      try await house.harness.bookings.change("two", BookingChange(party: 4), DeskHarness.byGuest)
    }
    #expect(grown == "confirmed/confirmed")
    #expect(try await house.tables("two") == ["T4"])
    #expect(try await house.tables("couple") == ["T2"])
    try await house.harness.expectSound()
  }

  @Test func `free times count those that others make room for`() async throws {
    let times = { (policy: OptimisationPolicy) async throws -> AvailableTime? in
      let house = try await SmallHouse(policy)
      try await house.coupleAtLargeTable()
      return try await house.harness.availability.times(
        "house", date: SmallHouse.date, party: 4, wishes: SeatingWishes(), caller: DeskHarness.app
      ).first { $0.start == DeskHarness.evening() }
    }
    let found = try #require(try await times(Self.automatic))
    #expect(found.tables == ["T4"] && found.moves == 1)
    #expect(try await times(OptimisationPolicy()) == nil, "nobody would move for it")
  }

  @Test func `the review queue says who could make room, and one tap does it`() async throws {
    let house = try await SmallHouse()
    try await house.coupleAtLargeTable()
    try await house.fourArrive()
    let queue = try await house.harness.review.queue("house", after: nil, limit: 10, caller: DeskHarness.host)
    let tap = try #require(queue.first?.tables.first)
    #expect(tap.tables == ["T4"] && tap.moves.map(\.bookingID) == ["couple"] && tap.moves.first?.to == ["T2"])
    #expect(tap.why == "Table T4 in Main: fits exactly, once the party of 2 at 19:00 has moved to table T2")
    let moves = tap.moves.map { RoomMove(bookingID: $0.bookingID, tables: $0.to) }
    let force = { (moves: [RoomMove]) async in
      await outcome {
        try await house.harness.review.forceConfirm("four", tables: tap.tables, moves: moves, DeskHarness.byHost)
      }
    }
    #expect(await force([]) == "table_taken")
    #expect(await force(moves + moves) == "invalid_field")
    #expect(await force([RoomMove(bookingID: "couple", tables: ["T9"])]) == "unknown_table")
    #expect(await force(moves) == "confirmed/confirmed")
    #expect(try await house.tables("couple") == ["T2"])
    #expect(try await house.harness.booking("couple").strategy == .manual)
    try await house.harness.expectSound()
  }

  @Test func `where only buffers are in the way a squeeze is suggested`() async throws {
    let house = try await SmallHouse(buffers: Buffers(afterMinutes: 15))
    try await house.coupleAtLargeTable("early")
    // The couple's window begins at 19:00 and dining ends at 20:30; with its buffer the table is free at 20:45.
    try await house.fourArrive(at: -105)
    let four = try await house.harness.booking("four")
    #expect(four.state == .manualReview)
    let queue = try await house.harness.review.queue("house", after: nil, limit: 10, caller: DeskHarness.host)
    let squeeze = try #require(queue.first?.tables.first { $0.needsSqueeze })
    #expect(squeeze.tables == ["T4"] && squeeze.why.hasSuffix("with shorter buffers"))
    let done = await outcome {
      try await house.harness.bookings.squeeze("four", onto: squeeze.tables, DeskHarness.byHost)
    }
    #expect(done == "confirmed/confirmed")
  }
}
