import BookingDomain
import Bootstrap
import Resilience

/// How far a replay is, for the progress line.
final class ReplayProgress: Sendable {
  private let state = Locked(ReplayRunner.Progress())

  func set(_ progress: ReplayRunner.Progress) { state.withLock { $0 = progress } }

  var text: String {
    let now = state.withLock { $0 }
    return "\(now.created) of \(now.total) bookings made" + (now.ended > 0 ? ", \(now.ended) ended" : "")
  }
}

/// A replay's result for people and for programs.
enum ReplayText {
  static func table(_ report: ReplayReport) -> String {
    var table = TableText(
      .text("restaurant"), .number("bookings"), .number("confirmed"), .number("in review"), .number("failed"),
      .number("P50 ms"), .number("P95 ms"), .number("P99 ms"), .number("violations"))
    for (id, tally) in report.restaurants.sorted(by: { $0.key < $1.key }) { add(id.rawValue, tally, to: &table) }
    if report.restaurants.count > 1 { add("all", report.total, to: &table) }
    var text = table.render() + "\nflow \(report.flow.rawValue), \(tenths(report.elapsed.inMilliseconds / 1_000)) s"
    if report.total.unfinished > 0 { text += ", \(report.total.unfinished) not ended" }
    return text + "\n" + reasons(report.total) + (report.shadow.map(ShadowText.table) ?? "")
  }

  /// Why bookings were not confirmed, most frequent first.
  static func reasons(_ tally: ReplayTally) -> String {
    tally.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
      "  \(count) × \(OutcomeReason(rawValue: name)?.words ?? name)\n"
    }.joined()
  }

  static func json(_ report: ReplayReport) -> String {
    var members = tally(report.total)
    members.insert(("flow", .string(report.flow.rawValue)), at: 0)
    members.append(("seconds", .number(report.elapsed.inMilliseconds / 1_000, decimals: 3)))
    if let shadow = report.shadow { members.append(("shadow", ShadowText.members(shadow))) }
    members.append(
      (
        "restaurants",
        .members(
          report.restaurants.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .members(tally($0.value))) })
      ))
    return String(decoding: JSONWriter.write(.members(members)), as: UTF8.self)
  }

  private static func tally(_ tally: ReplayTally) -> [(String, JSONTree)] {
    [
      ("bookings", .number(tally.bookings)), ("confirmed", .number(tally.confirmed)),
      ("manual_review", .number(tally.manualReview)), ("failed", .number(tally.failed)),
      ("unfinished", .number(tally.unfinished)), ("covers", .number(tally.covers)),
      ("p50_ms", .number(tally.latency.p50.inMilliseconds, decimals: 2)),
      ("p95_ms", .number(tally.latency.p95.inMilliseconds, decimals: 2)),
      ("p99_ms", .number(tally.latency.p99.inMilliseconds, decimals: 2)),
      ("invariant_violations", .number(tally.invariantViolations)),
      ("reasons", .members(tally.reasons.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
    ]
  }

  private static func add(_ name: String, _ tally: ReplayTally, to table: inout TableText) {
    table.add(
      name, "\(tally.bookings)", "\(tally.confirmed)", "\(tally.manualReview)", "\(tally.failed)",
      milliseconds(tally.latency.p50), milliseconds(tally.latency.p95), milliseconds(tally.latency.p99),
      "\(tally.invariantViolations)")
  }

  static func milliseconds(_ duration: Duration) -> String { tenths(duration.inMilliseconds) }

  /// With one decimal.
  private static func tenths(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
