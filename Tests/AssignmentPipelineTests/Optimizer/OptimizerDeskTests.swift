import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Testing

@Suite struct OptimizerDeskTests {
  /// The couple at the large table, and four who wait for a person.
  private static func fullHouse(_ policy: OptimisationPolicy = OptimisationPolicy()) async throws -> SmallHouse {
    let house = try await SmallHouse(policy)
    try await house.coupleAtLargeTable()
    #expect(try await house.fourArrive().reason == .noTable)
    return house
  }

  @Test func `a better seating is offered, applied and taken back, each as one`() async throws {
    let house = try await Self.fullHouse()
    let preview = try await house.preview()
    let plan = try #require(preview.plan)
    #expect(preview.now == DayFigures(bookings: 1, covers: 2, spareSeats: 2) && preview.waiting == 1)
    #expect(preview.bound == 2)
    #expect(plan.state == .ready && plan.cause == .request && plan.createdBy == "anna" && plan.moveCount == 1)
    #expect(plan.after == DayFigures(bookings: 2, covers: 6) && plan.gainPercent == 100)
    #expect(plan.gainInWords == "1 more booking (4 guests), 2 fewer spare seats")
    #expect(try await house.tables("couple") == ["T4"], "an offer changes nothing")

    let applied = try await house.optimizer.apply(plan.id, of: "house", DeskHarness.byHost)
    #expect(applied.state == .applied && applied.decidedBy == "anna" && !applied.isAutomatic)
    #expect(try await house.tables("couple") == ["T2"])
    #expect(try await house.tables("four") == ["T4"])
    #expect(try await house.harness.booking("four").status == .confirmed)
    #expect(try await house.harness.notices("couple") == ["confirmed pending", "moved pending"])
    #expect(try await house.harness.notices("four").contains("confirmed pending"))
    #expect(try await house.harness.lastRow("couple").to == .confirmed)
    let why = try await house.harness.availability.explain("couple").text
    #expect(why.contains("given to it by anna when the day was seated anew") && why.contains("1 more booking"))

    let undone = try await house.optimizer.undo(plan.id, of: "house", DeskHarness.byHost)
    #expect(undone.state == .undone)
    #expect(try await house.tables("couple") == ["T4"])
    let four = try await house.harness.booking("four")
    #expect(four.state == .manualReview && four.tables.isEmpty && four.status == .pending)
    #expect(
      try await house.harness.notices("couple") == ["confirmed withdrawn", "moved withdrawn", "confirmed pending"])
    #expect(
      try await house.actions() == [
        "optimizer.plan_ready preview", "optimizer.applied apply", "optimizer.applied undo",
      ])
    try await house.harness.expectSound()
  }

  @Test func `each state allows one step`() async throws {
    let house = try await Self.fullHouse()
    let plan = try #require(try await house.preview().plan)
    let step = { (undo: Bool) async in
      await code {
        _ =
          undo
          ? try await house.optimizer.undo(plan.id, of: "house", DeskHarness.byHost)
          : try await house.optimizer.apply(plan.id, of: "house", DeskHarness.byHost)
      }
    }
    #expect(await step(true) == "plan_not_applied")
    #expect(await step(false) == "none")
    #expect(await step(false) == "plan_not_ready")
    #expect(await step(true) == "none")
    #expect(await step(true) == "plan_not_applied")
    #expect(await step(false) == "plan_not_ready")
    #expect(
      await code { _ = try await house.optimizer.apply("none", of: "house", DeskHarness.byHost) } == "not_found")
  }

  @Test func `a later offer takes the place of the one before`() async throws {
    let house = try await Self.fullHouse()
    let first = try #require(try await house.preview().plan)
    let second = try #require(try await house.preview().plan)
    let plans = try await house.optimizer.plans("house", date: SmallHouse.date, caller: DeskHarness.host)
    #expect(plans.map(\.id) == [second.id, first.id] && plans.map(\.state) == [.ready, .outdated])
  }

  @Test func `what has changed since makes a plan outdated, and nothing is done`() async throws {
    let house = try await Self.fullHouse()
    let plan = try #require(try await house.preview().plan)
    _ = try await house.harness.bookings.pin("couple", true, DeskHarness.byHost)
    #expect(
      await code { _ = try await house.optimizer.apply(plan.id, of: "house", DeskHarness.byHost) } == "plan_outdated")
    #expect(try await house.tables("four").isEmpty)
    #expect(try await house.preview().plan == nil, "and a pinned booking stays")
    try await house.harness.expectSound()
  }

  @Test func `who starts within the freeze time is not moved, also when a plan waits too long`() async throws {
    let house = try await Self.fullHouse()
    let plan = try #require(try await house.preview().plan)
    house.harness.clock.set(DeskHarness.evening(-59))
    #expect(
      await code { _ = try await house.optimizer.apply(plan.id, of: "house", DeskHarness.byHost) } == "plan_outdated")
    #expect(try await house.preview().plan == nil)
    house.harness.clock.set(DeskHarness.evening(-60))
    #expect(try await house.preview().plan != nil)
  }

  @Test func `a seated party and one beyond the churn budget stay`() async throws {
    let house = try await Self.fullHouse(OptimisationPolicy(churnBudget: 0))
    #expect(try await house.preview().plan == nil)
    let early = try await Self.fullHouse(OptimisationPolicy(freezeMinutes: 0))
    #expect(try await early.preview().plan != nil)
    early.harness.clock.set(DeskHarness.evening(-1))
    _ = try await early.harness.bookings.seat("couple", DeskHarness.byHost)
    #expect(try await early.preview().plan == nil)
  }

  @Test func `a plan is not taken back over what came after it`() async throws {
    let house = try await Self.fullHouse()
    let plan = try #require(try await house.preview().plan)
    _ = try await house.optimizer.apply(plan.id, of: "house", DeskHarness.byHost)
    _ = try await house.harness.bookings.cancel("four", DeskHarness.byHost)
    #expect(
      await code { _ = try await house.optimizer.undo(plan.id, of: "house", DeskHarness.byHost) } == "plan_outdated")
    #expect(try await house.tables("couple") == ["T2"])
    // One move alone can still be taken back by itself.
    _ = try await house.harness.bookings.undo("couple", DeskHarness.byHost)
    #expect(try await house.tables("couple") == ["T4"])
    try await house.harness.expectSound()
  }

  @Test func `a caller sees its restaurants only`() async throws {
    let house = try await Self.fullHouse()
    let plan = try #require(try await house.preview().plan)
    let stranger = ChangeRequest(caller: Caller(name: "s", id: "s", role: .host, restaurants: ["other"]))
    #expect(await code { _ = try await house.optimizer.apply(plan.id, of: "house", stranger) } == "not_found")
    #expect(
      await code { _ = try await house.optimizer.preview("house", date: SmallHouse.date, stranger) } == "not_found")
  }
}
