/// Who made a booking.
public enum BookingOrigin: String, Sendable, Codable, CaseIterable {
  case guest, host
  case walkIn = "walk_in"

  /// Hosts may book off the grid and use extra chairs.
  public var isHost: Bool { self != .guest }
}

/// Which flow decides a booking.
public enum AssignmentFlow: String, Sendable, Codable, CaseIterable {
  case v3, legacy
}

/// Personal data of a guest: shown to people, never in logs, events, metrics, attempts or decision records.
public struct Guest: Sendable, Hashable, Codable {
  public var name: String
  public var phone: String?
  public var mail: String?
  public var locale: String?
  public var notes: String?

  public init(name: String, phone: String? = nil, mail: String? = nil, locale: String? = nil, notes: String? = nil) {
    self.name = name
    self.phone = phone
    self.mail = mail
    self.locale = locale
    self.notes = notes
  }
}

extension Guest: CustomStringConvertible, CustomDebugStringConvertible {
  /// Leaks nothing when a guest is interpolated into a log line by mistake.
  public var description: String { "Guest(redacted)" }
  public var debugDescription: String { description }
}

/// One booking, as stored.
///
/// `status` and `state` can be changed by ``BookingMutation`` only, which checks the transition table.
public struct Booking: Sendable, Hashable {
  public let id: BookingID
  public let restaurantID: RestaurantID
  public let origin: BookingOrigin
  public var guest: Guest?
  public var party: Int
  /// The service that the caller named, if any.
  public var requestedService: String?
  /// Replaces the turn band when set.
  public var durationMinutes: Int?
  public var wishes: SeatingWishes
  /// Times; until the capacity checks have passed, what the request says.
  public var slot: ServiceSlot
  public internal(set) var status: BookingStatus
  public internal(set) var state: AssignmentState
  /// Raised by one with every stored change.
  public internal(set) var version: Int
  public internal(set) var stateEnteredAt: Timestamp
  /// Attempts that count towards the limit of five.
  public var attempts: Int
  public var strategy: StrategyName?
  public var flow: AssignmentFlow?
  /// The tables allocated to it, in order of table number.
  public var tables: [TableNumber]
  /// Why it waits, is in review or has failed.
  public var reason: OutcomeReason?
  /// When a booking in review is declined; nil when it is not in review or kept by the house.
  public var reviewDeadline: Timestamp?
  /// A host keeps its table as it is.
  public var pinned: Bool
  /// Hash of the decision that chose its tables.
  public var decisionID: String?
  /// What the last change replaced, so that it can be undone.
  public var undo: UndoRecord?
  public let createdAt: Timestamp
  public var updatedAt: Timestamp
  /// How the automatic work on it went.
  public var work: AutomaticWork
  /// Of the request that made it; whatever is done about it later belongs to the same trace. Nil for one that was made
  /// before there were traces.
  public let trace: TraceID?

  /// A booking as read from a store; the only way to set a state freely.
  public init(stored record: BookingRecord) {
    id = record.id
    restaurantID = record.restaurantID
    origin = record.origin
    guest = record.guest
    party = record.party
    requestedService = record.requestedService
    durationMinutes = record.durationMinutes
    wishes = record.wishes
    slot = record.slot
    status = record.status
    state = record.state
    version = record.version
    stateEnteredAt = record.stateEnteredAt
    attempts = record.attempts
    strategy = record.strategy
    flow = record.flow
    tables = record.tables
    reason = record.reason
    reviewDeadline = record.reviewDeadline
    pinned = record.pinned
    decisionID = record.decisionID
    undo = record.undo
    createdAt = record.createdAt
    updatedAt = record.updatedAt
    work = record.work
    trace = record.trace
  }

  /// Whether it holds tables: a confirmed state, or a pending change that keeps the old tables.
  public var holdsTables: Bool { !tables.isEmpty }
}

/// What a person's last change replaced.
public struct UndoRecord: Sendable, Hashable, Codable {
  /// The change that can be undone.
  public var action: UndoableAction
  public var status: BookingStatus
  public var state: AssignmentState
  public var tables: [TableNumber]
  public var claimWindow: TimeWindow?
  public var slot: ServiceSlot
  public var party: Int

  public init(action: UndoableAction, before booking: Booking, claimWindow: TimeWindow?) {
    self.action = action
    status = booking.status
    state = booking.state
    tables = booking.tables
    self.claimWindow = claimWindow
    slot = booking.slot
    party = booking.party
  }
}

/// A person's change that undo takes back.
public enum UndoableAction: String, Sendable, Codable, CaseIterable {
  case seat, complete, cancel, decline, requeue, move
  case noShow = "no_show"
  case forceConfirm = "force_confirm"
}

/// The plain fields of a stored booking, for stores.
public struct BookingRecord: Sendable {
  public var id: BookingID
  public var restaurantID: RestaurantID
  public var origin: BookingOrigin
  public var guest: Guest?
  public var party: Int
  public var requestedService: String?
  public var durationMinutes: Int?
  public var wishes: SeatingWishes
  public var slot: ServiceSlot
  public var status: BookingStatus
  public var state: AssignmentState
  public var version: Int
  public var stateEnteredAt: Timestamp
  public var attempts: Int
  public var strategy: StrategyName?
  public var flow: AssignmentFlow?
  public var tables: [TableNumber]
  public var reason: OutcomeReason?
  public var reviewDeadline: Timestamp?
  public var pinned: Bool
  public var decisionID: String?
  public var undo: UndoRecord?
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  public var work: AutomaticWork
  public var trace: TraceID?

  public init(
    id: BookingID, restaurantID: RestaurantID, origin: BookingOrigin, guest: Guest?, party: Int,
    requestedService: String?, durationMinutes: Int?, wishes: SeatingWishes, slot: ServiceSlot, status: BookingStatus,
    state: AssignmentState, version: Int, stateEnteredAt: Timestamp, attempts: Int, strategy: StrategyName?,
    flow: AssignmentFlow?, tables: [TableNumber], reason: OutcomeReason?,
    reviewDeadline: Timestamp?, pinned: Bool, decisionID: String?, undo: UndoRecord?, createdAt: Timestamp,
    updatedAt: Timestamp, work: AutomaticWork = AutomaticWork(), trace: TraceID? = nil
  ) {
    self.id = id
    self.restaurantID = restaurantID
    self.origin = origin
    self.guest = guest
    self.party = party
    self.requestedService = requestedService
    self.durationMinutes = durationMinutes
    self.wishes = wishes
    self.slot = slot
    self.status = status
    self.state = state
    self.version = version
    self.stateEnteredAt = stateEnteredAt
    self.attempts = attempts
    self.strategy = strategy
    self.flow = flow
    self.tables = tables
    self.reason = reason
    self.reviewDeadline = reviewDeadline
    self.pinned = pinned
    self.decisionID = decisionID
    self.undo = undo
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.work = work
    self.trace = trace
  }
}
