public import BookingDomain

/// A booking as the floor page shows it: without the guest.
public struct FloorBooking: Codable, Sendable {
  public var id: String
  public var partySize: Int
  public var start: String
  public var end: String
  public var status: BookingStatus
  public var assignmentState: AssignmentState
  public var version: Int
  public var tables: [String]
  public var strategy: StrategyName?
  public var reason: OutcomeReason?
  public var origin: BookingOrigin
  public var pinned: Bool

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case partySize = "party_size"
    case start, end, status
    case assignmentState = "assignment_state"
    case version, tables, strategy, reason, origin, pinned
  }

  public init(_ booking: Booking, calendar: RestaurantCalendar) {
    id = booking.id.rawValue
    partySize = booking.party
    start = calendar.format(booking.slot.dining.start)
    end = calendar.format(booking.slot.dining.end)
    status = booking.status
    assignmentState = booking.state
    version = booking.version
    tables = booking.tables.map(\.rawValue)
    strategy = booking.strategy
    reason = booking.reason
    origin = booking.origin
    pinned = booking.pinned
  }
}

/// A table, and where the house has drawn it.
public struct TableBody: Codable, Sendable {
  public var number: String
  public var zone: String
  public var capacity: Int
  public var minParty: Int?
  public var maxParty: Int?
  public var mobility: Mobility
  public var tags: [String]
  public var active: Bool
  public var category: String?
  public var seating: String?
  /// Absent where the house has drawn none: then the page finds a place by zone and neighbours.
  public var position: Position?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case number, zone, capacity
    case minParty = "min_party"
    case maxParty = "max_party"
    case mobility, tags, active, category, seating, position
  }

  init(_ table: DiningTable) {
    number = table.number.rawValue
    zone = table.zone
    capacity = table.capacity
    minParty = table.minParty
    maxParty = table.maxParty
    mobility = table.mobility
    tags = table.tags.sorted()
    active = table.isActive
    category = table.category
    seating = table.seating
    position = table.position.map(Position.init)
  }

  /// In units of about one metre, rotation in degrees.
  public struct Position: Codable, Sendable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double
    public var rotation: Double
    /// `square`, `rectangle` or `round`.
    public var shape: String

    init(_ position: TablePosition) {
      x = position.x
      y = position.y
      width = position.width
      height = position.height
      rotation = position.rotation
      shape = position.shape.rawValue
    }
  }
}
