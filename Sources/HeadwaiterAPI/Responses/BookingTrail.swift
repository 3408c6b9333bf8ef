public import BookingDomain

/// What happened to a booking, oldest first.
public struct HistoryBody: Codable, Sendable {
  public var history: [Row]

  public init(history: [Row]) { self.history = history }

  /// One stored change.
  public struct Row: Codable, Sendable {
    public var version: Int
    /// Absent for the first.
    public var fromState: AssignmentState?
    public var toState: AssignmentState
    public var mode: HistoryMode
    public var actor: String
    public var cause: String
    public var reason: String?
    public var metadata: [String: String]
    public var createdAt: String

    enum CodingKeys: String, CodingKey, CaseIterable {
      case version
      case fromState = "from_state"
      case toState = "to_state"
      case mode, actor, cause, reason, metadata
      case createdAt = "created_at"
    }

    public init(_ row: HistoryRow, calendar: RestaurantCalendar) {
      version = row.version
      fromState = row.from
      toState = row.to
      mode = row.mode
      actor = row.actor
      cause = row.cause
      reason = row.reason
      metadata = row.metadata
      createdAt = calendar.format(row.createdAt)
    }
  }
}

/// The engine's tries, oldest first.
public struct AttemptsBody: Codable, Sendable {
  public var attempts: [Row]

  public init(attempts: [Row]) { self.attempts = attempts }

  /// One try that the engine answered or a fault ended.
  public struct Row: Codable, Sendable {
    public var attemptNumber: Int
    public var strategy: StrategyName?
    public var result: AttemptRow.Result
    public var reason: OutcomeReason?
    public var metadata: [String: EventValue]
    public var createdAt: String

    enum CodingKeys: String, CodingKey, CaseIterable {
      case attemptNumber = "attempt_no"
      case strategy, result, reason, metadata
      case createdAt = "created_at"
    }

    public init(_ row: AttemptRow, calendar: RestaurantCalendar) {
      attemptNumber = row.attemptNumber
      strategy = row.strategy
      result = row.result
      reason = row.reason
      metadata = row.metadata
      createdAt = calendar.format(row.createdAt)
    }
  }
}

/// Why a booking has the tables that it has.
public struct ExplanationBody: Codable, Sendable {
  public var bookingID: String
  public var tables: [String]
  public var strategy: StrategyName?
  public var decisionID: String?
  /// Plain words.
  public var text: String
  /// The engine's record; absent when a person chose.
  public var decision: WireValue?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case bookingID = "booking_id"
    case tables, strategy
    case decisionID = "decision_id"
    case text, decision
  }

  public init(
    bookingID: String, tables: [String], strategy: StrategyName?, decisionID: String?, text: String,
    decision: WireValue?
  ) {
    self.bookingID = bookingID
    self.tables = tables
    self.strategy = strategy
    self.decisionID = decisionID
    self.text = text
    self.decision = decision
  }
}

/// The notices of a booking.
public struct NoticesBody: Codable, Sendable {
  public var notices: [Row]

  public init(notices: [Row]) { self.notices = notices }

  /// One notice; what it says to whom is the notifier's.
  public struct Row: Codable, Sendable {
    public var id: String
    public var version: Int
    public var kind: NoticeKind
    /// `pending`, `delivered` or `withdrawn`.
    public var status: String
    public var dueAt: String
    public var deliveries: Int

    enum CodingKeys: String, CodingKey, CaseIterable {
      case id, version, kind, status
      case dueAt = "due_at"
      case deliveries
    }

    public init(id: String, version: Int, kind: NoticeKind, status: String, dueAt: String, deliveries: Int) {
      self.id = id
      self.version = version
      self.kind = kind
      self.status = status
      self.dueAt = dueAt
      self.deliveries = deliveries
    }
  }
}
