public import BookingDomain

/// The floor of one service day, as the page draws it. Carries no personal data.
public struct FloorBody: Codable, Sendable {
  public var restaurant: RestaurantBrief
  public var date: LocalDate
  public var now: String
  public var zones: [ZoneBody]
  public var tables: [TableBody]
  /// Pairs of tables that stand side by side.
  public var adjacency: [[String]]
  public var services: [ServiceBody]
  /// What takes tables on that day.
  public var claims: [ClaimBody]
  public var bookings: [FloorBooking]
  public var risks: [RiskBody]

  public init(
    restaurant: Restaurant, date: LocalDate, now: Timestamp, services: [ServiceBody], claims: [ClaimBody],
    bookings: [FloorBooking], risks: [RiskBody]
  ) {
    self.restaurant = RestaurantBrief(restaurant)
    self.date = date
    self.now = restaurant.calendar.format(now)
    zones = restaurant.floor.zones.map(ZoneBody.init)
    tables = restaurant.floor.tables.map(TableBody.init)
    adjacency = restaurant.floor.adjacency.map { [$0.first.rawValue, $0.second.rawValue] }
    self.services = services
    self.claims = claims
    self.bookings = bookings
    self.risks = risks
  }

  /// Whose floor it is.
  public struct RestaurantBrief: Codable, Sendable {
    public var id: String
    public var name: String
    public var timezone: String

    init(_ restaurant: Restaurant) {
      id = restaurant.id.rawValue
      name = restaurant.name
      timezone = restaurant.calendar.identifier
    }
  }

  /// A part of the house.
  public struct ZoneBody: Codable, Sendable {
    public var name: String
    public var area: String?

    init(_ zone: Zone) {
      name = zone.name
      area = zone.area
    }
  }

  /// A service period of the date.
  public struct ServiceBody: Codable, Sendable {
    public var name: String
    public var kind: String
    public var start: String
    public var end: String

    public init(name: String, kind: String, start: String, end: String) {
      self.name = name
      self.kind = kind
      self.start = start
      self.end = end
    }
  }

  /// A table that is taken for a time.
  public struct ClaimBody: Codable, Sendable {
    public var table: String
    /// `hold`, `allocation` or `block`.
    public var kind: String
    public var from: String
    public var until: String
    public var bookingID: String?
    /// Why a block was set.
    public var note: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case table, kind, from, until
      case bookingID = "booking_id"
      case note
    }

    public init(table: String, kind: String, from: String, until: String, bookingID: String?, note: String?) {
      self.table = table
      self.kind = kind
      self.from = from
      self.until = until
      self.bookingID = bookingID
      self.note = note
    }
  }

  /// A booking whose table may still be taken when it comes.
  public struct RiskBody: Codable, Sendable {
    public var bookingID: String
    public var causedBy: String
    public var suggestedTables: [String]

    enum CodingKeys: String, CodingKey, CaseIterable {
      case bookingID = "booking_id"
      case causedBy = "caused_by"
      case suggestedTables = "suggested_tables"
    }

    public init(bookingID: String, causedBy: String, suggestedTables: [String]) {
      self.bookingID = bookingID
      self.causedBy = causedBy
      self.suggestedTables = suggestedTables
    }
  }
}
