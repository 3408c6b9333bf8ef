/// Why and by whom a booking changes, for its history.
public struct ChangeContext: Sendable, Hashable {
  public var actor: TransitionActor
  /// Shown in the history: the key's name, or the instance of the pipeline.
  public var actorName: String
  public var mode: HistoryMode
  public var at: Timestamp

  public init(actor: TransitionActor, actorName: String, mode: HistoryMode, at: Timestamp) {
    self.actor = actor
    self.actorName = actorName
    self.mode = mode
    self.at = at
  }
}

/// Which flow wrote a history row.
public enum HistoryMode: String, Sendable, Codable, CaseIterable {
  case v3, legacy
  /// A person's change.
  case manual
}

/// One row of `booking_assignment_state_history`.
public struct HistoryRow: Sendable, Hashable {
  public var bookingID: BookingID
  /// The version that this change made.
  public var version: Int
  /// Nil for the first row of a booking.
  public var from: AssignmentState?
  public var to: AssignmentState
  public var mode: HistoryMode
  public var actor: String
  public var cause: String
  public var reason: String?
  /// JSON object without personal data.
  public var metadata: [String: String]
  public var createdAt: Timestamp

  public init(
    bookingID: BookingID, version: Int, from: AssignmentState?, to: AssignmentState, mode: HistoryMode, actor: String,
    cause: String, reason: String?, metadata: [String: String] = [:], createdAt: Timestamp
  ) {
    self.bookingID = bookingID
    self.version = version
    self.from = from
    self.to = to
    self.mode = mode
    self.actor = actor
    self.cause = cause
    self.reason = reason
    self.metadata = metadata
    self.createdAt = createdAt
  }
}

/// A booking on its way from one stored version to a later one: each step raises the version and leaves a history row.
///
/// Pure: it only computes what a store must write. It is the only code that can assign a booking's state.
public struct BookingMutation: Sendable {
  /// The version that the stored row must still have; nil for a new booking.
  public let expectedVersion: Int?
  public private(set) var booking: Booking
  public private(set) var history: [HistoryRow] = []

  /// Starts from a stored booking.
  public init(_ booking: Booking) {
    expectedVersion = booking.version
    self.booking = booking
  }

  /// Starts a new booking with its first history row.
  /// - Parameter record: its `version` is overwritten with 1.
  public init(creating record: BookingRecord, context: ChangeContext) {
    var record = record
    record.version = 1
    record.stateEnteredAt = context.at
    expectedVersion = nil
    booking = Booking(stored: record)
    append(from: nil, context: context, cause: "create", reason: nil, metadata: [:])
  }

  /// Goes to another state and lets the status follow (§2): `failed` cancels; reaching `confirmed` from status pending
  /// confirms; leaving `confirmed` keeps the status while tables stay claimed, else makes it pending.
  /// - Throws: ``TransitionError`` when the table does not have the transition.
  public mutating func transition(
    to state: AssignmentState, cause: TransitionCause, reason: OutcomeReason? = nil, metadata: [String: String] = [:],
    context: ChangeContext
  ) throws(TransitionError) {
    let from = booking.state
    guard TransitionTable.rule(from: from, to: state, by: context.actor, for: cause) != nil else {
      throw TransitionError(from: from, to: state, actor: context.actor, cause: cause)
    }
    booking.state = state
    booking.stateEnteredAt = context.at
    booking.reason = reason
    if state != .manualReview { booking.reviewDeadline = nil }
    followStatus(from: from)
    booking.work.follow(state, reason: reason, context: context)
    bump(context)
    append(from: from, context: context, cause: cause.rawValue, reason: reason?.rawValue, metadata: metadata)
  }

  /// Stores a change that leaves the state: a history row with from = to.
  public mutating func touch(
    cause: String, reason: OutcomeReason? = nil, metadata: [String: String] = [:], context: ChangeContext
  ) {
    booking.work.follow(booking.state, reason: reason, context: context)
    bump(context)
    append(from: booking.state, context: context, cause: cause, reason: reason?.rawValue, metadata: metadata)
  }

  /// Changes the status within state `confirmed` (seat, complete, no-show and their undo).
  /// - Throws: ``StatusError`` when the status may not change so.
  public mutating func changeStatus(
    to status: BookingStatus, cause: String, metadata: [String: String] = [:], context: ChangeContext
  ) throws(StatusError) {
    guard StatusTable.allowed(from: booking.status).contains(status) else {
      throw StatusError(from: booking.status, to: status)
    }
    booking.status = status
    touch(cause: cause, metadata: metadata, context: context)
  }

  /// Changes fields that are no state: tables, wishes, guest …
  public mutating func edit(_ change: (inout Booking) -> Void) { change(&booking) }

  private mutating func followStatus(from: AssignmentState) {
    switch booking.state {
    case .failed: booking.status = .cancelled
    case .confirmed: if booking.status == .pending { booking.status = .confirmed }
    default:
      if from == .failed || (from == .confirmed && !booking.holdsTables) { booking.status = .pending }
    }
  }

  private mutating func bump(_ context: ChangeContext) {
    booking.version += 1
    booking.updatedAt = context.at
  }

  private mutating func append(
    from: AssignmentState?, context: ChangeContext, cause: String, reason: String?, metadata: [String: String]
  ) {
    history.append(
      HistoryRow(
        bookingID: booking.id, version: booking.version, from: from, to: booking.state, mode: context.mode,
        actor: context.actorName, cause: cause, reason: reason, metadata: metadata, createdAt: context.at))
  }
}

/// Allowed changes of the status (§2).
public enum StatusTable {
  public static func allowed(from status: BookingStatus) -> [BookingStatus] {
    switch status {
    case .pending: [.confirmed, .cancelled]
    case .confirmed: [.seated, .cancelled, .noShow, .pending]
    case .seated: [.completed, .confirmed]
    case .completed: [.seated]
    case .noShow: [.confirmed]
    case .cancelled: [.pending]
    }
  }
}

/// A change of status that is not allowed.
public struct StatusError: Error, Sendable, Hashable, CustomStringConvertible {
  public let from: BookingStatus
  public let to: BookingStatus
  public var allowed: [BookingStatus] { StatusTable.allowed(from: from) }

  public init(from: BookingStatus, to: BookingStatus) {
    self.from = from
    self.to = to
  }

  public var description: String {
    "a booking that is \(from.rawValue) cannot become \(to.rawValue); allowed: "
      + allowed.map(\.rawValue).joined(separator: ", ")
  }
}
