import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import StoreTesting
import Testing

/// What gates and rollback rules are fed with, on days whose figures were worked out by hand, on both databases.
@Suite struct RolloutFigureTests {
  /// The two hours before noon.
  private static func morning(_ bench: CatalogueBench) -> PhaseFigureQuery {
    PhaseFigureQuery(.init(from: bench.clock.now().adding(minutes: -120), until: bench.clock.now()))
  }

  @Test(arguments: TestStore.Kind.allCases) func phaseFigures_ofAHealthyDay(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await HealthyDayTests.seed(bench)
    var query = Self.morning(bench)
    query.slowLatency = 1_700
    query.slowLockWait = 15
    let figures = try await bench.store.phaseFigures(query)
    // 18 of north, the one that lost its table, the one in the full house, the one too large, and west's.
    #expect(
      figures.v3
        == FlowFigures(
          bookings: 22, bookingsConfirmed: 18, eligible: 19, confirmed: 18, reviewed: 1, errors: 0, fullHouse: 1))
    #expect(figures.legacy == FlowFigures(bookings: 2, bookingsConfirmed: 2, eligible: 2, confirmed: 2))
    #expect(figures.before == nil)
    #expect(figures.days == [], "the day is not over at noon")
    // 100, 200 … 1800 ms, and 1000 of the one in review: the 19th of 19.
    #expect(figures.latency == .init(p95Milliseconds: 1_800, count: 19, slow: 2))
    #expect(figures.lockWait == .init(p95Milliseconds: 17, count: 22, slow: 4))
    #expect(figures.events == .init(decided: 22, complete: 22))
    #expect(figures.breakerOpenSeconds == 0)
    #expect(figures.stuck == 0)
    #expect(figures.duplicateNotices == 0)
  }

  @Test(arguments: TestStore.Kind.allCases) func phaseFigures_countOnlyTheRun_dayByDay(_ kind: TestStore.Kind)
    async throws
  {
    let bench = try await CatalogueBench(kind)
    try await HealthyDayTests.seed(bench)
    var query = Self.morning(bench)
    query.span.from = bench.clock.now().adding(minutes: -60)
    #expect(try await bench.store.phaseFigures(query).v3.bookings == 4, "made in the last hour")
    query = Self.morning(bench)
    query.span.until = bench.clock.now().adding(minutes: 12 * 60)
    // What an hour and a half ago saw, as the phase before.
    query.before = .init(
      from: bench.clock.now().adding(minutes: -120), until: bench.clock.now().adding(minutes: -60))
    query.legacy = query.before
    let figures = try await bench.store.phaseFigures(query)
    #expect(figures.days == [.init(date: "2026-06-01", v3: figures.v3)])
    #expect(figures.before == FlowFigures(bookings: 18, bookingsConfirmed: 18, eligible: 18, confirmed: 18))
    #expect(figures.legacy == FlowFigures())
    #expect(figures.latency == nil, "nothing asks for it")
  }

  @Test(arguments: TestStore.Kind.allCases) func phaseFigures_ofEventsThatAreMissing_andOfRescues(
    _ kind: TestStore.Kind
  ) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    for id in ["b-1", "b-2", "b-3"] as [BookingID] { try await day.add(id, .confirmed(.optimalFit)) }
    try await bench.execute(
      "DELETE FROM observability_events WHERE booking_id = 'b-2' AND event_type = 'booking.assignment_state_transition'"
    )
    try await day.tell("coordinator.retry", "b-3", severity: .warning, context: ["reason": "deadline"], ago: 20)
    try await day.tell("coordinator.retry", "b-3", severity: .warning, context: ["reason": "deadline"], ago: 10)
    try await day.tell("coordinator.retry", "b-1", severity: .warning, context: ["reason": "timeout"], ago: 10)
    let figures = try await bench.store.phaseFigures(Self.morning(bench))
    #expect(figures.events == .init(decided: 3, complete: 2))
    #expect(figures.stuck == 1, "one booking was rescued, twice")
  }

  @Test(arguments: TestStore.Kind.allCases) func phaseFigures_inShadow_areOfShadowsOutcomes(
    _ kind: TestStore.Kind
  ) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    for id in ["both", "better", "v3", "error", "old"] as [BookingID] {
      try await day.add(id, .confirmed(.legacyBestFit), house: "south", ago: id == "old" ? 600 : 30, flow: .legacy)
    }
    try await day.add("late", .review(.noTable), house: "south", flow: .legacy)
    try await day.add("none", .review(.noTable), house: "south", flow: .legacy)
    try await day.add("full", .review(.noTable), house: "south", flow: .legacy, feasible: false)
    try await day.add("gone", .cancelled, house: "south")
    let rows: [(BookingID, ShadowVerdict, String, Bool)] = [
      ("both", .sameTables, "confirmed", true), ("better", .v3Better, "confirmed", true),
      ("v3", .legacyOnly, "manual_review", true), ("error", .shadowError, "planning_timeout", true),
      ("late", .v3Only, "confirmed", false), ("none", .shadowError, "planner_failed", false),
      ("full", .bothFailed, "manual_review", false), ("gone", .sameTables, "confirmed", true),
    ]
    for (id, verdict, outcome, isSeated) in rows {
      try await Self.compare(bench, id, verdict, outcome, legacySeats: isSeated)
    }
    try await Self.compare(bench, "old", .sameTables, "confirmed", legacySeats: true, ago: 600)
    var query = Self.morning(bench)
    query.span.isShadowOnly = true
    let figures = try await bench.store.phaseFigures(query)
    // Eligible: both, better, v3, error, late, none. The cancelled one and the full house are in no rate.
    #expect(
      figures.v3
        == FlowFigures(
          bookings: 8, bookingsConfirmed: 4, eligible: 6, confirmed: 3, reviewed: 1, errors: 2, fullHouse: 1))
    #expect(figures.paired == PairedOutcomes(both: 2, v3Only: 1, legacyOnly: 2, neither: 1))
    #expect(
      figures.legacy
        == FlowFigures(bookings: 7, bookingsConfirmed: 4, eligible: 6, confirmed: 4, reviewed: 2, fullHouse: 1))
    // Seven were decided by legacy; of `full` shadow's own events are missing.
    #expect(figures.events == .init(decided: 7, complete: 6))
  }

  /// With the events of shadow, but for the full house.
  private static func compare(
    _ bench: CatalogueBench, _ id: BookingID, _ verdict: ShadowVerdict, _ outcome: String, legacySeats: Bool,
    ago: Int = 30
  ) async throws {
    let at = bench.clock.now().adding(minutes: -ago)
    let tables: [TableNumber] = ["T1"]
    var batch = ShadowBatch()
    batch.comparisons = [
      ShadowComparison(
        bookingID: id, restaurantID: "south", createdAt: at, verdict: verdict,
        legacy: ShadowSide(outcome: legacySeats ? "confirmed" : "retry", tables: legacySeats ? tables : nil),
        v3: ShadowSide(outcome: outcome, tables: outcome == "confirmed" ? tables : nil))
    ]
    if id != "full" {
      batch.events = [
        ObservabilityEvent(.shadow, "shadow.compared", restaurantID: "south", bookingID: id, at: at),
        ObservabilityEvent(
          .stateMachine, "booking.assignment_state_transition", restaurantID: "south", bookingID: id,
          context: ["mode": "shadow"], at: at),
      ]
    }
    try await bench.store.appendShadow(batch)
  }

  @Test(arguments: TestStore.Kind.allCases) func rollbackFigures_lookAtTheirWindows(_ kind: TestStore.Kind) async throws
  {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("before", .failed(.systemError), ago: 61)
    try await day.add("early", .failed(.systemError), ago: 20)
    try await day.add("error", .failed(.systemError), ago: 9)
    try await day.add("fine", .confirmed(.optimalFit), ago: 8)
    try await day.add("review", .review(.noTable), ago: 7)
    try await day.add("full", .review(.noTable), ago: 6, feasible: false)
    try await day.add("legacy", .failed(.systemError), ago: 5, flow: .legacy)
    try await day.add("open", .open, ago: 4)
    var rules = RollbackRules()
    func figures(last: Int) async throws -> RollbackFigures {
      rules.review.lastEligible = last
      return try await bench.store.rollbackFigures(
        RollbackFigureQuery(
          since: bench.clock.now().adding(minutes: -60), now: bench.clock.now(), rules: rules, withRestaurants: false))
    }
    let all = try await figures(last: 100)
    #expect([all.windowEligible, all.windowErrors] == [3, 1])
    #expect([all.lastEligible, all.lastReviewed] == [4, 1])
    let last = try await figures(last: 2)
    #expect([last.lastEligible, last.lastReviewed] == [2, 1], "review and fine")
    #expect(last.restaurants == [])
  }

  @Test(arguments: TestStore.Kind.allCases) func rollbackFigures_ofRestaurants_haveLegacysOwn(
    _ kind: TestStore.Kind
  ) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    for number in 1...4 {
      try await day.add(BookingID("n-\(number)"), number == 1 ? .review(.noTable) : .confirmed(.optimalFit), ago: 30)
      try await day.add(
        BookingID("s-\(number)"), number <= 2 ? .failed(.systemError) : .confirmed(.optimalFit), house: "south", ago: 30
      )
      try await day.add(BookingID("w-\(number)"), .confirmed(.optimalFit), house: "west", ago: 30)
      // Long before the run.
      try await day.add(
        BookingID("old-\(number)"), number == 1 ? .review(.noTable) : .confirmed(.legacyBestFit), house: "south",
        ago: 5_000, flow: .legacy)
    }
    try await day.add("few", .review(.noTable), house: "east", ago: 30)
    var rules = RollbackRules()
    rules.restaurant.leastEligible = 4
    let figures = try await bench.store.rollbackFigures(
      RollbackFigureQuery(since: bench.clock.now().adding(minutes: -60), now: bench.clock.now(), rules: rules))
    #expect(
      figures.restaurants == [
        .init(id: "north", eligible: 4, reviewedOrFailed: 1, legacyEligible: 0, legacyReviewedOrFailed: 0),
        .init(id: "south", eligible: 4, reviewedOrFailed: 2, legacyEligible: 4, legacyReviewedOrFailed: 1),
      ])
  }
}
