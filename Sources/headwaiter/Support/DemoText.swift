import BookingDomain
import Bootstrap

/// What the demo says on the terminal.
enum DemoText {
  static func announce(_ script: DemoScript, port: Int) {
    Console.note(
      """

      \(script.restaurant.name), Friday \(script.date): \(script.rows.count) bookings come in.
      Watch the floor:  http://127.0.0.1:\(port)/
      Stop with Ctrl-C.

      """)
  }

  static func summary(_ report: ReplayReport, script: DemoScript) -> String {
    let tally = report.total
    let flow = report.flow == .v3 ? "V3 pipeline" : "legacy loop"
    var text = """
      The evening has been seated by the \(flow).
        seated      \(tally.confirmed) of \(tally.bookings) bookings, \(tally.covers) guests
        in review   \(tally.manualReview)
        failed      \(tally.failed)

      """
    text += ReplayText.reasons(tally)
    text += "  to confirmed  P50 \(ReplayText.milliseconds(tally.latency.p50)) ms, "
    text += "P95 \(ReplayText.milliseconds(tally.latency.p95)) ms, "
    text += "P99 \(ReplayText.milliseconds(tally.latency.p99)) ms\n"
    text += "  invariants    \(invariants(tally))\n"
    return text
  }

  private static func invariants(_ tally: ReplayTally) -> String {
    tally.invariantViolations == 0
      ? "all hold: no overlap, no booking lost, no confirmed party without its tables, every state in its history"
      : "\(tally.invariantViolations) BROKEN"
  }
}
