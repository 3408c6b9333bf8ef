public import AssignmentStore
public import BookingDomain
public import Logging

/// Turns changes of bookings into what one transaction writes: state, history, event and outbox message together.
public struct BookingStateMachine: Sendable {
  private let logger: Logger
  private let metrics: PipelineMetrics

  public init(logger: Logger, metrics: PipelineMetrics = .off) {
    self.logger = logger
    self.metrics = metrics
  }

  /// Adds a booking's change to a unit.
  /// - Parameter flow: whose events are written; nil for a person's change, which is V3's machine too.
  public func add(_ mutation: BookingMutation, flow: AssignmentFlow?, to unit: inout WriteUnit) {
    unit.bookings.append(mutation)
    for row in mutation.history {
      unit.events.append(event(row, booking: mutation.booking, flow: flow))
      unit.outbox.append(message(row, booking: mutation.booking))
    }
  }

  /// The events of a way that a booking did not take, but would have taken with V3. Its making is not among them.
  func imagined(_ mutation: BookingMutation) -> [ObservabilityEvent] {
    mutation.history.filter { $0.from != nil }.map { row in
      var event = event(row, booking: mutation.booking, flow: nil)
      event.context["mode"] = "shadow"
      return event
    }
  }

  /// One log line a transition, written once it is stored; it is counted then, too.
  public func log(_ mutation: BookingMutation) {
    metrics.transitions(mutation.history)
    guard logger.logLevel <= .info else { return }
    for row in mutation.history {
      let from = row.from?.rawValue ?? "none"
      let reason = row.reason.map { " (\($0))" } ?? ""
      logger.info(
        "Transition: \(from) -> \(row.to.rawValue)\(reason)",
        metadata: mutation.booking.logged.merging(["version": "\(row.version)"]) { $1 },
        source: source(flow: row.mode == .legacy ? .legacy : nil).rawValue)
    }
  }

  private func source(flow: AssignmentFlow?) -> EventSource { flow == .legacy ? .autoAssign : .stateMachine }

  private func event(_ row: HistoryRow, booking: Booking, flow: AssignmentFlow?) -> ObservabilityEvent {
    var context: [String: EventValue] = [
      "to": .string(row.to.rawValue), "version": .int(row.version), "mode": .string(row.mode.rawValue),
    ]
    if let from = row.from { context["from"] = .string(from.rawValue) }
    if let reason = row.reason { context["reason"] = .string(reason) }
    let type = flow == .legacy ? "auto_assign.state_transition" : "booking.assignment_state_transition"
    return ObservabilityEvent(
      source(flow: flow), type, restaurantID: booking.restaurantID, bookingID: booking.id, context: context,
      at: row.createdAt
    ).traced(booking.trace)
  }

  private func message(_ row: HistoryRow, booking: Booking) -> OutboxMessage {
    OutboxMessage(
      topic: "booking", restaurantID: booking.restaurantID, bookingID: booking.id,
      payload: BookingPayload(booking, row).json, createdAt: row.createdAt)
  }
}

/// What live subscribers learn of a booking: no personal data.
struct BookingPayload {
  /// A JSON object; times in microseconds since the epoch, which the edge shows in the restaurant's zone.
  let json: String

  /// - Parameter row: the change that is told; the rest is the booking as the transaction leaves it.
  init(_ booking: Booking, _ row: HistoryRow) {
    var text = "{\"booking_id\":\(JSONText.quoted(booking.id.rawValue))"
    text += ",\"restaurant_id\":\(JSONText.quoted(booking.restaurantID.rawValue))"
    text += ",\"party_size\":\(booking.party)"
    text += ",\"start\":\(booking.slot.dining.start.microseconds),\"end\":\(booking.slot.dining.end.microseconds)"
    text += ",\"status\":\"\(booking.status.rawValue)\",\"assignment_state\":\"\(row.to.rawValue)\""
    text += ",\"from_state\":\(row.from.map { "\"\($0.rawValue)\"" } ?? "null")"
    text += ",\"tables\":[\(booking.tables.map { JSONText.quoted($0.rawValue) }.joined(separator: ","))]"
    text += ",\"strategy\":\(booking.strategy.map { "\"\($0.rawValue)\"" } ?? "null")"
    text += ",\"flow\":\(booking.flow.map { "\"\($0.rawValue)\"" } ?? "null")"
    text += ",\"reason\":\(row.reason.map { "\"\($0)\"" } ?? "null")"
    text += ",\"version\":\(row.version),\"at\":\(row.createdAt.microseconds)}"
    json = text
  }
}

/// Text as JSON.
enum JSONText {
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
