public import BookingDomain

/// Tables that are kept for a guest for a short time.
public struct HoldBody: Codable, Sendable {
  public var id: String
  public var restaurantID: String
  public var partySize: Int
  public var start: String
  public var end: String
  public var service: String?
  public var tables: [String]
  public var expiresAt: String

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case restaurantID = "restaurant_id"
    case partySize = "party_size"
    case start, end, service, tables
    case expiresAt = "expires_at"
  }

  public init(
    id: String, restaurantID: String, partySize: Int, slot: ServiceSlot, tables: [TableNumber], expiresAt: Timestamp,
    calendar: RestaurantCalendar
  ) {
    self.id = id
    self.restaurantID = restaurantID
    self.partySize = partySize
    start = calendar.format(slot.dining.start)
    end = calendar.format(slot.dining.end)
    service = slot.service
    self.tables = tables.map(\.rawValue)
    self.expiresAt = calendar.format(expiresAt)
  }
}

/// Tables that a person may choose with one tap.
public struct TableSuggestionBody: Codable, Sendable {
  public var tables: [String]
  public var spareSeats: Int
  public var why: String
  /// Bookings that change tables first, as `moves` of a force confirm; empty where the tables are free.
  public var moves: [DayMoveBody]
  /// Buffers must be shortened: a squeeze, not a force confirm.
  public var needsSqueeze: Bool

  enum CodingKeys: String, CodingKey, CaseIterable {
    case tables
    case spareSeats = "spare_seats"
    case why, moves
    case needsSqueeze = "needs_squeeze"
  }

  public init(tables: [String], spareSeats: Int, why: String, moves: [DayMoveBody], needsSqueeze: Bool) {
    self.tables = tables
    self.spareSeats = spareSeats
    self.why = why
    self.moves = moves
    self.needsSqueeze = needsSqueeze
  }
}

/// A booking that needs a person, with what could be done about it.
public struct ReviewItemBody: Codable, Sendable {
  public var booking: BookingBody
  public var alertAt: String
  public var alerting: Bool
  /// Free now, or once others have moved or buffers are shorter; best first.
  public var suggestedTables: [TableSuggestionBody]
  /// Other times that would work, nearest first.
  public var suggestedTimes: [AvailableTimeBody]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case booking
    case alertAt = "alert_at"
    case alerting
    case suggestedTables = "suggested_tables"
    case suggestedTimes = "suggested_times"
  }

  public init(
    booking: BookingBody, alertAt: String, alerting: Bool, suggestedTables: [TableSuggestionBody],
    suggestedTimes: [AvailableTimeBody]
  ) {
    self.booking = booking
    self.alertAt = alertAt
    self.alerting = alerting
    self.suggestedTables = suggestedTables
    self.suggestedTimes = suggestedTimes
  }
}

/// The review queue, most urgent first.
public struct ReviewQueueBody: Codable, Sendable {
  public var items: [ReviewItemBody]
  /// Give it as `after` for the next page; absent on the last.
  public var next: String?

  public init(items: [ReviewItemBody], next: String?) {
    self.items = items
    self.next = next
  }
}
