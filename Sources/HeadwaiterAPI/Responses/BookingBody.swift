public import BookingDomain

/// A booking as the API shows it. Times are RFC 3339 in the restaurant's zone.
public struct BookingBody: Codable, Sendable {
  public var id: String
  public var restaurantID: String
  public var origin: BookingOrigin
  public var status: BookingStatus
  public var assignmentState: AssignmentState
  /// Also the ETag; send it back as `If-Match`.
  public var version: Int
  public var partySize: Int
  public var start: String
  public var end: String
  public var service: String?
  public var serviceDate: LocalDate
  /// The block window: dining with its buffers.
  public var blockedFrom: String
  public var blockedUntil: String
  /// Given by a host in place of the turn band.
  public var durationMinutes: Int?
  public var tables: [String]
  public var strategy: StrategyName?
  public var flow: AssignmentFlow?
  /// Why it waits, is in review or has failed.
  public var reason: OutcomeReason?
  public var attempts: Int
  public var zone: String?
  public var tags: [String]
  public var needs: [GuestNeed]
  public var pinned: Bool
  /// When a booking in review is declined.
  public var reviewDeadline: String?
  public var decisionID: String?
  /// The change that undo would take back.
  public var undoable: UndoableAction?
  public var guest: GuestBody?
  public var createdAt: String
  public var updatedAt: String

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case restaurantID = "restaurant_id"
    case origin, status
    case assignmentState = "assignment_state"
    case version
    case partySize = "party_size"
    case start, end, service
    case serviceDate = "service_date"
    case blockedFrom = "blocked_from"
    case blockedUntil = "blocked_until"
    case durationMinutes = "duration_minutes"
    case tables, strategy, flow, reason, attempts, zone, tags, needs, pinned
    case reviewDeadline = "review_deadline"
    case decisionID = "decision_id"
    case undoable, guest
    case createdAt = "created_at"
    case updatedAt = "updated_at"
  }

  /// - Parameter showsGuest: false leaves personal data out, as problems do.
  public init(_ booking: Booking, calendar: RestaurantCalendar, showsGuest: Bool = true) {
    id = booking.id.rawValue
    restaurantID = booking.restaurantID.rawValue
    origin = booking.origin
    status = booking.status
    assignmentState = booking.state
    version = booking.version
    partySize = booking.party
    start = calendar.format(booking.slot.dining.start)
    end = calendar.format(booking.slot.dining.end)
    service = booking.slot.service ?? booking.requestedService
    serviceDate = booking.slot.serviceDate
    blockedFrom = calendar.format(booking.slot.block.start)
    blockedUntil = calendar.format(booking.slot.block.end)
    durationMinutes = booking.durationMinutes
    tables = booking.tables.map(\.rawValue)
    strategy = booking.strategy
    flow = booking.flow
    reason = booking.reason
    attempts = booking.attempts
    zone = booking.wishes.zone
    tags = booking.wishes.tags.sorted()
    needs = booking.wishes.needs.sorted { $0.rawValue < $1.rawValue }
    pinned = booking.pinned
    reviewDeadline = booking.reviewDeadline.map(calendar.format)
    decisionID = booking.decisionID
    undoable = booking.undo?.action
    guest = showsGuest ? booking.guest.map(GuestBody.init) : nil
    createdAt = calendar.format(booking.createdAt)
    updatedAt = calendar.format(booking.updatedAt)
  }
}

/// A page of bookings.
public struct BookingListBody: Codable, Sendable {
  public var bookings: [BookingBody]
  /// Give it as `after` for the next page; absent on the last.
  public var next: String?

  public init(bookings: [BookingBody], next: String?) {
    self.bookings = bookings
    self.next = next
  }
}

/// Two bookings that exchanged their tables.
public struct SwapResultBody: Codable, Sendable {
  public var bookings: [BookingBody]

  public init(bookings: [BookingBody]) { self.bookings = bookings }
}
