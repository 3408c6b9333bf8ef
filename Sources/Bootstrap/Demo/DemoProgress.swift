import BookingDomain
public import HeadwaiterAPI
import Resilience

/// How a demo stands, for the page (`/v1/demo`).
public final class DemoProgress: Sendable {
  private struct State {
    var created = 0
    var report: ReplayReport?
  }

  private let script: DemoScript
  private let flow: String
  private let state = Locked(State())

  public init(script: DemoScript, flow: String) {
    self.script = script
    self.flow = flow
  }

  /// Tells how many bookings were made.
  public func advance(to created: Int) { state.withLock { $0.created = max($0.created, created) } }

  /// Tells the result.
  public func end(with report: ReplayReport) { state.withLock { $0.report = report } }

  /// The demo as a JSON object: phase, counts, date, restaurant, flow, and at the end the summary.
  public var document: WireValue {
    let state = state.withLock { $0 }
    var members: [String: WireValue] = [
      "phase": .string(state.report == nil ? "running" : "ended"), "created": .int(state.created),
      "total": .int(script.rows.count), "date": .string("\(script.date)"),
      "restaurant_id": .string(script.restaurant.id.rawValue), "flow": .string(flow),
    ]
    if let report = state.report { members["summary"] = summary(report) }
    return .object(members)
  }

  private func summary(_ report: ReplayReport) -> WireValue {
    let tally = report.total
    return .object([
      "seated": .int(tally.confirmed), "covers": .int(tally.covers), "in_review": .int(tally.manualReview),
      "failed": .int(tally.failed), "reasons": .object(tally.reasons.mapValues { .int($0) }),
      "p50_ms": .double(tally.latency.p50.inMilliseconds), "p95_ms": .double(tally.latency.p95.inMilliseconds),
      "p99_ms": .double(tally.latency.p99.inMilliseconds),
      "invariant_violations": .int(tally.invariantViolations), "flow": .string(flow),
      "seconds": .double(report.elapsed.inMilliseconds / 1_000),
    ])
  }
}
