import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import StoreTesting
import Testing

/// A day on which much is wrong, at noon: what each query must say was worked out by hand.
///
/// All in the house north, ten minutes ago: 7 bookings confirmed after 5 s; two given up after five attempts, each of which
/// ended in an error, one of them past its review deadline; one failed for a system reason; one in a full house. One has
/// been in `created` for longer than it may; one was rescued; two found the planner's breaker open; a person keeps the
/// notifier's open; one lease was contended; a notice was handed over twice.
@Suite struct BadDayTests {
  static func seed(_ bench: CatalogueBench) async throws {
    let day = SeededDay(bench)
    for number in 1...7 {
      try await day.add(BookingID("ok-\(number)"), .confirmed(.optimalFit), ago: 10, ms: 5_000)
    }
    for id: BookingID in ["bad-1", "bad-2"] {
      let deadline = id == "bad-1" ? bench.clock.now().adding(minutes: -1) : nil
      try await day.add(id, .review(.maxAttempts), ago: 10, attempts: 5, deadline: deadline)
      for _ in 1...5 {
        try await day.tell("coordinator.error", id, severity: .error, context: ["code": "planning_timeout"], ago: 10)
      }
    }
    try await day.add("broken", .failed(.systemError), ago: 10)
    try await day.tell("coordinator.error", "broken", severity: .error, context: ["code": "storage_invalid"], ago: 9)
    try await day.add("full", .review(.noTable), ago: 10, feasible: false)
    try await seedTroubles(day)
  }

  private static func seedTroubles(_ day: SeededDay) async throws {
    let bench = day.bench
    try await day.add("stuck", .open, ago: 15)
    let noon = bench.clock.now()
    bench.clock.set(noon.adding(minutes: -11))
    var unit = WriteUnit(label: "test")
    unit.jobs = [.enqueue("stuck", "north", after: .zero, deadline: .seconds(600), resetRetries: true)]
    unit.notices = [
      NewNotice(id: "notice-1", bookingID: "ok-1", restaurantID: "north", version: 6, kind: .confirmed, delay: .zero)
    ]
    try await bench.store.commit(unit)
    bench.clock.set(noon)
    for _ in 1...2 { _ = try await bench.store.claimNotices(owner: "a", limit: 1, ttl: .zero) }
    try await day.tell(
      "coordinator.retry", "ok-1", severity: .warning, context: ["reason": "deadline"], ago: 5)
    for (id, ago) in [("ok-2", 3), ("ok-3", 2)] {
      try await day.tell(
        "coordinator.circuit_open", BookingID(id), severity: .warning, context: ["dependency": "engine:north"], ago: ago
      )
      try await day.tell(
        "coordinator.retry", BookingID(id), context: ["reason": "circuit_open", "delay_ms": 15_000.0], ago: ago)
    }
    let override = BreakerOverride(
      name: "notifier:log", position: .open, reason: "repair", actor: "ops", at: noon)
    try await bench.store.forceBreaker(override, event: ObservabilityEvent(.flags, "flag.changed", at: noon))
    try await day.tell("coordinator.lock_contention", "ok-4", ago: 10)
    try await day.compare("ok-1", "shadow_error", spare: nil, ms: (1, 2_000), ago: 10)
  }

  static let answers: [String: [String]] = [
    "01-shadow-active": ["active|1|0|-|1|11:50:00Z|0"],
    "02-transition-flow": [
      "-|created|manual|12|12|100.0", "assignment_pending|assignment_in_progress|v3|11|11|100.0",
      "capacity_verified|assignment_pending|v3|11|11|100.0", "created|capacity_verified|v3|11|11|100.0",
      "assigned|confirmed|v3|7|7|100.0", "assignment_in_progress|assigned|v3|7|7|63.6",
      "assignment_in_progress|manual_review|v3|3|3|27.3", "assignment_in_progress|failed|v3|1|1|9.1",
    ],
    "03-legacy-against-shadow": ["shadow_error|1|100.0|0|-|-|1.0|2000.0|0"],
    "04-hourly-confirmation-rate": ["11:00:00Z|12|10|7|70.0|58.3|1"],
    "05-manual-review": ["all|3|2|20.0|3", "max_attempts|2|2|20.0|2", "no_table|1|0|0.0|1"],
    "06-error-rate": [
      "all|all|11|3|3|30.0|11:51:00Z", "assignment.coordinator|planning_timeout|10|2|-|-|11:50:00Z",
      "assignment.coordinator|storage_invalid|1|1|-|-|11:51:00Z",
    ],
    "07-state-distribution": [
      "created|1|0|11:45:00Z", "manual_review|3|0|11:50:01Z", "confirmed|7|0|11:50:05Z", "failed|1|0|11:50:01Z",
    ],
    "08-attempts-needed": ["v3|1|9|7|81.8", "v3|5|2|0|18.2"],
    "09-strategy-use": ["optimal_fit|v3|7|100.0"],
    "10-latency": ["v3|7|5000.0|5000.0|5000.0|5000.0"],
    // Waits of 50 ms for the confirmed, 10 ms for the four others, and one contention.
    "11-lock-waits": ["11|50.0|50.0|50.0|50.0|1|8.33"],
    "12-retries": ["circuit_open|2|2|15000.0|15000.0|11:58:00Z", "deadline|1|1|-|-|11:55:00Z"],
    "13-review-per-restaurant": ["north|12|10|2|20.0|1|3|1"],
    "14-duplicate-notices": ["north|ok-1|6|confirmed|1|2|-"],
    "15-cohort-comparison": ["v3|1|11|10|70.0|20.0|30.0|9.1|5000.0|70.0"],
    "a1-errors": ["FIRING|11|12|10|3|30.0|11:51:00Z"],
    "a2-breaker-open": ["FIRING|engine:north|-|2|11:57:00Z|11:58:00Z", "FIRING|notifier:log|open|0|-|-"],
    "a3-review-spike": ["FIRING|10|2|20.0|3|1|11:59:00Z"],
    "a4-stuck": ["FIRING|now|stuck|north|created|11:59:00Z", "FIRING|rescued|ok-1|north|confirmed|11:55:00Z"],
    "a5-no-bookings": ["ok|12|12|0.0|11:50:00Z"],
    "health": [
      "CRITICAL|confirmation 70.0 %, below 95 %; review 20.0 %, not below 10 %; 2 stuck; 11 errors|12|11|7|3|1|0|1|0|"
        + "10|7|2|3|11|2|70.0|20.0|30.0|58.3"
    ],
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
}
