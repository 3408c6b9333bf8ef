import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import QueryCatalogue
import StoreTesting
import Testing

/// A day on which all is well, at noon: what each query must say was worked out by hand.
///
/// Of the house north, 18 bookings were confirmed by V3 an hour and a half ago, in 100, 200 … 1800 ms. Half an hour ago:
/// two of south by legacy, in 400 and 600 ms; in north one that lost its table to another (review), one in a full house
/// (review), one too large (refused), one that the guest cancelled at once, and a walk-in; in west one that automation
/// only suggests tables for (review).
@Suite struct HealthyDayTests {
  static func seed(_ bench: CatalogueBench) async throws {
    let day = SeededDay(bench)
    for number in 1...18 {
      try await day.add(
        BookingID("n-\(number)"), .confirmed(number <= 12 ? .optimalFit : .adjacency), ago: 90, ms: 100 * number)
    }
    for (id, ms) in [("s-1", 400), ("s-2", 600)] {
      try await day.add(BookingID(id), .confirmed(.legacyBestFit), house: "south", ms: ms, flow: .legacy)
    }
    try await day.add("lost", .review(.noTable))
    try await day.add("full", .review(.noTable), feasible: false)
    try await day.add("large", .refused(.partyTooLarge))
    try await day.add("gone", .cancelled)
    try await day.walkIn("door")
    try await day.add("asked", .review(.suggestOnly), house: "west", automation: .suggest)
    try await day.tell(
      "coordinator.retry", "n-1", context: ["reason": "hold_conflict", "delay_ms": 1_200.0], ago: 90)
    try await day.compare("s-1", "same_tables", spare: (2, 2), ms: (1.5, 3), noise: "same_tables")
    try await day.compare("s-2", "v3_better", spare: (3, 1), ms: (2, 4))
  }

  static let answers: [String: [String]] = [
    "01-shadow-active": ["active|2|2|100.0|0|11:30:00Z|0"],
    "02-transition-flow": [
      "-|created|manual|25|25|96.2", "-|confirmed|manual|1|1|3.8", "created|failed|manual|1|1|100.0",
      "assignment_pending|assignment_in_progress|v3|21|21|100.0", "capacity_verified|assignment_pending|v3|21|21|100.0",
      "created|capacity_verified|v3|21|21|95.5", "assigned|confirmed|v3|18|18|100.0",
      "assignment_in_progress|assigned|v3|18|18|85.7", "assignment_in_progress|manual_review|v3|3|3|14.3",
      "created|failed|v3|1|1|4.5",
    ],
    "03-legacy-against-shadow": [
      "same_tables|1|50.0|0|2.0|2.0|1.5|3.0|1", "v3_better|1|50.0|0|3.0|1.0|2.0|4.0|0",
    ],
    "04-hourly-confirmation-rate": ["11:00:00Z|7|3|2|66.7|28.6|1", "10:00:00Z|18|18|18|100.0|100.0|0"],
    "05-manual-review": ["all|3|1|4.8|3", "no_table|2|1|4.8|2", "suggest_only|1|0|0.0|1"],
    "06-error-rate": ["all|all|0|0|0|0.0|-"],
    "07-state-distribution": [
      "manual_review|3|0|11:30:01Z", "confirmed|21|0|10:30:00.100000Z", "failed|2|0|11:30:00Z",
    ],
    "08-attempts-needed": ["v3|1|21|18|100.0", "legacy|1|2|2|100.0"],
    "09-strategy-use": ["optimal_fit|v3|12|60.0", "adjacency|v3|6|30.0", "legacy_best_fit|legacy|2|10.0"],
    "10-latency": ["v3|18|900.0|1800.0|1800.0|1800.0", "legacy|2|400.0|600.0|600.0|600.0"],
    "11-lock-waits": ["22|10.0|17.0|18.0|18.0|0|0.0"],
    "12-retries": ["hold_conflict|1|1|1200.0|1200.0|10:30:00Z"],
    "13-review-per-restaurant": ["north|22|19|1|5.3|1|2|0", "west|1|0|0|-|0|1|0", "south|2|2|0|0.0|0|0|0"],
    "14-duplicate-notices": [],
    "15-cohort-comparison": [
      "v3|2|22|19|94.7|5.3|0.0|5.0|950.0|94.7", "legacy|1|2|2|100.0|0.0|0.0|0.0|500.0|-",
    ],
    "a1-errors": ["ok|0|25|21|0|0.0|-"],
    "a2-breaker-open": [],
    "a3-review-spike": ["ok|21|1|4.8|3|0|-"],
    "a4-stuck": [],
    "a5-no-bookings": ["ok|26|8|0.0|11:30:00Z"],
    "health": ["HEALTHY||25|24|20|3|0|1|1|0|21|20|1|0|0|0|95.2|4.8|0.0|80.0"],
  ]

  @Test(arguments: TestStore.Kind.allCases)
  func everyQuery_givesTheAnswer(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await Self.seed(bench)
    for (name, wanted) in Self.answers.sorted(by: { $0.key < $1.key }) {
      let found = try await bench.lines(name)
      #expect(found == wanted, "\(name)")
    }
  }

  @Test(arguments: TestStore.Kind.allCases)
  func exports_haveEveryRow(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await Self.seed(bench)
    var query = EventQuery()
    query.limit = 1_000
    let events = try await bench.result("export-events")
    let stored = try await bench.store.events(query)
    #expect(events.rows.count == stored.count)
    #expect(events.columns.suffix(2) == ["booking_id", "context"])
    // 20 seated at the first try, and three that went to people.
    let attempts = try await bench.result("export-attempts")
    #expect(attempts.rows.count == 23)
    #expect(attempts.lines.last?.contains("west|asked|1|-|failure|suggest_only|") == true)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func export_inSlices_hasEveryRowOnce(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await Self.seed(bench)
    let now = bench.clock.now()
    for name in ["export-events", "export-attempts"] {
      let entry = try #require(QueryCatalogue.find(name))
      var lines: [String] = []
      for minutes in stride(from: 120, through: 0, by: -30) {
        let query = entry.query(window: .seconds(1_800), end: now.adding(minutes: -minutes))
        lines += try await bench.store.run(query).lines
      }
      let whole = try await bench.lines(name)
      #expect(lines == whole)
    }
  }

  @Test(arguments: TestStore.Kind.allCases)
  func noQuery_showsWhatGuestsTyped(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await Self.seed(bench)
    let guest = try #require(try await bench.store.booking("n-1")?.guest)
    for entry in QueryCatalogue.entries {
      let text = try await bench.lines(entry.name).joined(separator: "\n")
      for personal in [guest.name, guest.phone, guest.mail].compactMap({ $0 }) {
        #expect(!text.contains(personal), "\(entry.name)")
      }
    }
  }

  @Test(arguments: TestStore.Kind.allCases)
  func window_leavesOutWhatIsOlder(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await Self.seed(bench)
    let lines = try await bench.lines("04", window: .seconds(3_600))
    #expect(lines == ["11:00:00Z|7|3|2|66.7|28.6|1"])
  }
}
