import AssignmentStore
import BookingDomain
import QueryCatalogue
import StoreTesting
import Testing

/// The rule of product specification §10 at its edges.
@Suite struct HealthRuleTests {
  struct Case: Sendable, CustomStringConvertible {
    var confirmed = 0
    var reviewed = 0
    var failed = 0
    var errors = 0
    var verdict: String
    var reasons: String

    var description: String { "\(confirmed) confirmed, \(reviewed) reviewed, \(failed) failed, \(errors) errors" }
  }

  static let cases = [
    Case(confirmed: 19, reviewed: 1, verdict: "HEALTHY", reasons: ""),
    Case(confirmed: 38, failed: 2, verdict: "HEALTHY", reasons: ""),
    Case(confirmed: 94, reviewed: 6, verdict: "WARNING", reasons: "confirmation 94.0 %, below 95 %"),
    Case(
      confirmed: 9, reviewed: 1, verdict: "WARNING",
      reasons: "confirmation 90.0 %, below 95 %; review 10.0 %, not below 10 %"),
    Case(confirmed: 89, failed: 11, verdict: "CRITICAL", reasons: "confirmation 89.0 %, below 95 %"),
    Case(confirmed: 20, errors: 1, verdict: "WARNING", reasons: "1 error"),
    Case(confirmed: 20, errors: 10, verdict: "WARNING", reasons: "10 errors"),
    Case(confirmed: 20, errors: 11, verdict: "CRITICAL", reasons: "11 errors"),
    Case(confirmed: 1_100, errors: 11, verdict: "CRITICAL", reasons: "11 errors"),
    Case(confirmed: 1_101, errors: 11, verdict: "WARNING", reasons: "11 errors"),
    Case(errors: 11, verdict: "CRITICAL", reasons: "no bookings in 24 h; 11 errors"),
  ]

  @Test(arguments: TestStore.Kind.allCases, cases)
  func verdict_followsTheRule(_ kind: TestStore.Kind, _ given: Case) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.addMany(given.confirmed, "ok", .confirmed(.optimalFit))
    try await day.addMany(given.reviewed, "review", .review(.noTable))
    try await day.addMany(given.failed, "failed", .failed(.cancelled))
    for _ in 0..<given.errors { try await day.tell("coordinator.error", "nobody", severity: .error, ago: 10) }
    let health = try await HealthFigures(of: bench.store)
    #expect(health.verdict == given.verdict)
    #expect(health.reasons.joined(separator: "; ") == given.reasons)
    // The alert on errors fires where they alone make it critical.
    let alert = try await bench.result("a1").values(of: "alert")
    let isCritical = given.verdict == "CRITICAL" && given.errors > 10
    #expect(alert == [.text(isCritical ? "FIRING" : "ok")])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func withoutAnEligibleBooking_isAWarning(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("open", .open)
    #expect(try await HealthFigures(of: bench.store).reasons == ["no booking has ended yet"])
    try await day.add("full", .review(.noTable), feasible: false)
    let health = try await HealthFigures(of: bench.store)
    #expect(health.verdict == "WARNING")
    #expect(health.reasons == ["no eligible booking"])
    #expect(health.count("full_house") == 1)
    #expect(health["confirmation_percent"] == nil)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func walkIns_areInNoFigure(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await SeededDay(bench).walkIn("door")
    #expect(try await HealthFigures(of: bench.store).reasons == ["no bookings in 24 h"])
  }
}
