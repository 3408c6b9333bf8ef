/// One row of `observability_events`. `context` never carries personal data.
public struct ObservabilityEvent: Sendable, Hashable {
  public enum Severity: String, Sendable, Codable, CaseIterable { case debug, info, warning, error }

  public var source: EventSource
  public var type: String
  public var severity: Severity
  public var restaurantID: RestaurantID?
  public var bookingID: BookingID?
  public var context: [String: EventValue]
  public var createdAt: Timestamp

  public init(
    _ source: EventSource, _ type: String, severity: Severity = .info, restaurantID: RestaurantID? = nil,
    bookingID: BookingID? = nil, context: [String: EventValue] = [:], at createdAt: Timestamp
  ) {
    self.source = source
    self.type = type
    self.severity = severity
    self.restaurantID = restaurantID
    self.bookingID = bookingID
    self.context = context
    self.createdAt = createdAt
  }

  /// The same event as part of a booking's trace: its context names it as `trace_id`.
  public func traced(_ trace: TraceID?) -> ObservabilityEvent {
    guard let trace else { return self }
    var event = self
    event.context["trace_id"] = .string(trace.text)
    return event
  }
}

/// Sources of events (§10); also the labels of log lines.
public enum EventSource: String, Sendable, Codable, CaseIterable {
  case coordinator = "assignment.coordinator"
  case stateMachine = "assignment.state_machine"
  case engine = "assignment.engine"
  case shadow = "assignment.shadow"
  case optimizer = "assignment.optimizer"
  case autoAssign = "auto_assign"
  case rollout
  case flags
}

/// A value in an event's context.
public enum EventValue: Sendable, Hashable, Codable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
  case string(String), int(Int), double(Double), bool(Bool), list([EventValue]), object([String: EventValue])

  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .int(value)
    } else if let value = try? container.decode(Double.self) {
      self = .double(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([EventValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: EventValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .int(let value): try container.encode(value)
    case .double(let value): try container.encode(value)
    case .bool(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

/// One row of `booking_assignment_attempts`.
public struct AttemptRow: Sendable, Hashable {
  public enum Result: String, Sendable, Codable { case success, failure }

  public var bookingID: BookingID
  /// From 1.
  public var attemptNumber: Int
  public var strategy: StrategyName?
  public var result: Result
  public var reason: OutcomeReason?
  public var metadata: [String: EventValue]
  public var createdAt: Timestamp

  public init(
    bookingID: BookingID, attemptNumber: Int, strategy: StrategyName?, result: Result, reason: OutcomeReason?,
    metadata: [String: EventValue] = [:], createdAt: Timestamp
  ) {
    self.bookingID = bookingID
    self.attemptNumber = attemptNumber
    self.strategy = strategy
    self.result = result
    self.reason = reason
    self.metadata = metadata
    self.createdAt = createdAt
  }
}

/// What a notice tells.
public enum NoticeKind: String, Sendable, Codable, CaseIterable {
  case confirmed, changed, moved, cancelled, declined
  /// To the staff.
  case needsReview = "needs_review"
}
