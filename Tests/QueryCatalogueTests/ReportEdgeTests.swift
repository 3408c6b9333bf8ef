import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Rollout
import StoreTesting
import Testing
import Verification

/// Edge cases that only the restaurants' own time, or rare events, can tell.
@Suite struct ReportEdgeTests {
  private static func counts(_ bench: CatalogueBench) async throws -> [String: Int] {
    let subject = VerificationGathererTests.subject(bench.clock.now())
    let report = try await VerificationGatherer(bench.store).report(subject)
    return Dictionary(uniqueKeysWithValues: report.edgeCases.map { ($0.name, $0.count) })
  }

  /// A restaurant in a time zone, and bookings of it that end at these times (UTC); dates of service beside them.
  private static func bench(
    _ kind: TestStore.Kind, zone: String, _ ends: [(date: String, end: String)]
  ) async throws -> CatalogueBench {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await bench.execute(
      "INSERT INTO restaurants (id, name, timezone, document, revision, updated_at) VALUES ('north', 'North', '\(zone)', "
        + "\(kind == .sqlite ? "X''" : "''"), 1, \(bench.literal(bench.clock.now())))")
    for (number, end) in ends.enumerated() {
      let id = BookingID("b-\(number)")
      let time = try #require(RFC3339.parse(end.end))
      try await day.walkIn(id, endingAt: time, on: try #require(LocalDate(end.date)))
    }
    return bench
  }

  @Test(arguments: TestStore.Kind.allCases)
  func midnight_isTheRestaurantsOwn(_ kind: TestStore.Kind) async throws {
    // In New York midnight is 05:00 UTC: one ends before it, one with its stroke, one after.
    let bench = try await Self.bench(
      kind, zone: "America/New_York",
      [
        ("2026-12-04", "2026-12-05T03:30:00Z"), ("2026-12-05", "2026-12-06T05:00:00Z"),
        ("2026-12-06", "2026-12-07T05:15:00Z"),
      ])
    let counts = try await Self.counts(bench)
    #expect(counts["after_midnight"] == 1)
    #expect(counts["clock_change"] == 0)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func daysOnWhichClocksChange_areFound(_ kind: TestStore.Kind) async throws {
    let bench = try await Self.bench(
      kind, zone: "Europe/London",
      [("2027-03-28", "2027-03-28T20:00:00Z"), ("2027-03-27", "2027-03-27T20:00:00Z")])
    #expect(try await Self.counts(bench)["clock_change"] == 1)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func rareEvents_countBookingsOnce(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("b-1", .confirmed(.optimalFit), attempts: 3)
    for type in ["coordinator.circuit_open", "coordinator.circuit_open", "coordinator.lock_contention"] {
      try await day.tell(type, "b-1", severity: .warning, ago: 20)
    }
    try await day.tell("rollout.killed", "b-1", ago: 20, source: .rollout)
    let counts = try await Self.counts(bench)
    #expect((counts["circuit_open"], counts["lock_contention"], counts["killed"]) == (1, 1, 1))
    #expect(counts["no_free_permit"] == 0)
  }
}

extension SeededDay {
  /// A party at the door, with an end and a date of service of its own.
  fileprivate func walkIn(_ id: BookingID, endingAt end: Timestamp, on date: LocalDate) async throws {
    let made = bench.clock.now().adding(minutes: -30)
    var record = BookingRecord.sample(
      id: id, restaurant: "north", origin: .walkIn, start: end.adding(minutes: -90), createdAt: made)
    record.slot.serviceDate = date
    (record.status, record.state, record.tables) = (.seated, .confirmed, ["T-door"])
    (record.work.automation, record.flow) = (nil, nil)
    let person = ChangeContext(actor: .person, actorName: "host", mode: .manual, at: made)
    try await commit(BookingMutation(creating: record, context: person), flow: nil)
  }
}
