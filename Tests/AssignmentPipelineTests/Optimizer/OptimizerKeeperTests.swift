import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct OptimizerKeeperTests {
  /// Looks at what is due.
  private static func look(_ house: SmallHouse) async throws {
    try await OptimizerKeeper(environment: house.harness.pipeline.environment).runOnce()
  }

  private static func plans(_ house: SmallHouse) async throws -> [StoredDayPlan] {
    try await house.optimizer.plans("house", date: SmallHouse.date, caller: DeskHarness.host)
  }

  @Test func `a party without a table brings an offer where a person decides`() async throws {
    let house = try await SmallHouse()
    try await house.coupleAtLargeTable()
    try await house.fourArrive()
    #expect(try await house.harness.store.replans(limit: 10).map(\.cause) == [.noTable])
    try await Self.look(house)
    let plans = try await Self.plans(house)
    #expect(plans.map(\.state) == [.ready] && plans[0].cause == .noTable && plans[0].createdBy == "optimizer")
    #expect(try await house.tables("couple") == ["T4"])
    #expect(try await house.harness.store.replans(limit: 10).isEmpty)
    try await Self.look(house)
    #expect(try await Self.plans(house).count == 1, "a day that did not change is not looked at")
  }

  @Test func `a cancellation seats at once whoever waits, where the house wants that`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(automatic: true))
    for (id, minutes) in [("c1", 0), ("c2", 0)] as [(BookingID, Int)] {
      try await house.harness.seatedByPipeline(id, party: 2, at: minutes)
    }
    #expect(try await house.fourArrive().state == .manualReview)
    try await Self.look(house)
    #expect(try await house.tables("four").isEmpty, "nobody can make room yet")
    let small = try await house.tables("c1") == ["T2"] ? "c1" : "c2" as BookingID
    _ = try await house.harness.bookings.cancel(small, DeskHarness.byGuest)
    #expect(try await house.harness.store.replans(limit: 10).map(\.cause) == [.cancellation])
    try await Self.look(house)
    #expect(try await house.tables("four") == ["T4"])
    let plan = try #require(try await Self.plans(house).first)
    #expect(plan.isAutomatic && plan.state == .applied && plan.cause == .cancellation && plan.moveCount == 1)
    #expect(try await house.harness.store.automaticMoves("house", date: SmallHouse.date) == 1)
    try await house.harness.expectSound()
  }

  @Test func `below the threshold it is an offer`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(automatic: true, minimumGainPercent: 101))
    for id in ["c1", "c2"] as [BookingID] { try await house.harness.seatedByPipeline(id, party: 2) }
    try await house.fourArrive()
    let small = try await house.tables("c1") == ["T2"] ? "c1" : "c2" as BookingID
    _ = try await house.harness.bookings.cancel(small, DeskHarness.byGuest)
    try await Self.look(house)
    #expect(try await Self.plans(house).map(\.state) == [.ready])
    #expect(try await house.tables("four").isEmpty)
  }

  @Test func `legacy's and paused restaurants are not re-seated by themselves`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(automatic: true))
    for id in ["c1", "c2"] as [BookingID] { try await house.harness.seatedByPipeline(id, party: 2) }
    try await house.fourArrive()
    let small = try await house.tables("c1") == ["T2"] ? "c1" : "c2" as BookingID
    _ = try await house.harness.bookings.cancel(small, DeskHarness.byGuest)
    house.harness.pipeline.flags.withLock { $0.pipelineV3 = false }
    try await Self.look(house)
    #expect(try await Self.plans(house).map(\.state) == [.ready])
  }

  @Test func `blocks, no-shows and extensions are causes too`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(freezeMinutes: 0))
    try await house.harness.seatedByPipeline("two", party: 2)
    let causes = { try await house.harness.store.replans(limit: 10).map(\.cause) }
    let window = TimeWindow(start: DeskHarness.evening(-30), end: DeskHarness.evening(60))
    _ = try await house.harness.floor.block(
      NewBlock(restaurantID: "house", tables: ["T2"], window: window, reason: "repair", displace: true),
      DeskHarness.byHost)
    #expect(try await causes() == [.block])
    house.harness.clock.set(DeskHarness.evening())
    _ = try await house.harness.bookings.seat("two", DeskHarness.byHost)
    _ = try await house.harness.bookings.extend("two", DeskHarness.byHost)
    #expect(try await causes() == [.overstay])
    try await house.harness.seatedByPipeline("late", party: 2, at: 150)
    house.harness.clock.set(DeskHarness.evening(170))
    _ = try await house.harness.bookings.noShow("late", DeskHarness.byHost)
    #expect(try await causes() == [.cancellation])
  }

  @Test func `two instances do not look at once`() async throws {
    let house = try await SmallHouse()
    try await house.coupleAtLargeTable()
    try await house.fourArrive()
    _ = try await house.harness.store.acquireLease("day_optimizer", owner: "worker-2", ttl: .seconds(30))
    try await Self.look(house)
    #expect(try await Self.plans(house).isEmpty)
    #expect(try await house.harness.store.replans(limit: 10).count == 1)
  }

  @Test func `what a person has taken back is not done again`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(automatic: true))
    for id in ["c1", "c2"] as [BookingID] { try await house.harness.seatedByPipeline(id, party: 2) }
    try await house.fourArrive()
    let small = try await house.tables("c1") == ["T2"] ? "c1" : "c2" as BookingID
    _ = try await house.harness.bookings.cancel(small, DeskHarness.byGuest)
    try await Self.look(house)
    let plan = try #require(try await Self.plans(house).first)
    _ = try await house.optimizer.undo(plan.id, of: "house", DeskHarness.byHost)
    try await house.harness.seatedByPipeline("later", party: 2, at: 150)
    _ = try await house.harness.bookings.cancel("later", DeskHarness.byGuest)
    try await Self.look(house)
    #expect(try await house.tables("four").isEmpty)
    #expect(try await Self.plans(house).filter { $0.state == .applied }.isEmpty)
  }

  @Test func `fewer spare seats alone move nobody by themselves`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(automatic: true))
    try await house.coupleAtLargeTable()
    try await house.harness.seatedByPipeline("two", party: 2)
    _ = try await house.harness.bookings.cancel("two", DeskHarness.byGuest)
    try await Self.look(house)
    #expect(try await house.tables("couple") == ["T4"])
    let plans = try await Self.plans(house)
    #expect(plans.map(\.state) == [.ready] && plans[0].gainPercent == 100)
  }

  @Test func `an offer goes when it is no longer true`() async throws {
    let house = try await SmallHouse()
    try await house.coupleAtLargeTable()
    try await house.fourArrive()
    try await Self.look(house)
    _ = try await house.harness.bookings.pin("couple", true, DeskHarness.byHost)
    try await house.fourArrive("other")
    try await Self.look(house)
    #expect(try await Self.plans(house).map(\.state) == [.outdated])
  }

  @Test func `a small gain that a person asked for stays on offer while it is true`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(minimumGainPercent: 101))
    try await house.coupleAtLargeTable()
    _ = try await house.preview()
    let asked = try #require(try await Self.plans(house).first)
    try await house.harness.seatedByPipeline("later", party: 2, at: 150)
    _ = try await house.harness.bookings.cancel("later", DeskHarness.byGuest)
    try await Self.look(house)
    #expect(try await Self.plans(house).map(\.state) == [.ready])
    #expect(try await Self.plans(house).first?.id == asked.id)
  }

  @Test func `with the date's moves used up it is an offer to a person, who has moves of their own`() async throws {
    let house = try await SmallHouse(OptimisationPolicy(automatic: true, churnBudget: 1))
    try await house.coupleAtLargeTable()
    #expect(try await house.fourArrive().state == .confirmed)
    #expect(try await house.harness.store.automaticMoves("house", date: SmallHouse.date) == 1)
    try await house.coupleAtLargeTable("later", at: 120)
    let more = try await house.fourArrive("more", at: 120)
    #expect(more.state == .manualReview)
    try await Self.look(house)
    let offers = try await Self.plans(house).filter { $0.state == .ready }
    #expect(offers.map(\.moveCount) == [1] && offers.first?.isAutomatic == false)
    #expect(try await house.tables("more").isEmpty)
  }
}
