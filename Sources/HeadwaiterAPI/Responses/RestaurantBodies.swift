public import BookingDomain

/// A restaurant in a list.
public struct RestaurantSummary: Codable, Sendable {
  public var id: String
  public var name: String
  public var timezone: String
  public var automation: AutomationLevel
  public var zones: [String]
  public var tables: Int
  public var seats: Int
  /// Also the ETag of the restaurant.
  public var revision: Int
  public var updatedAt: String

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, name, timezone, automation, zones, tables, seats, revision
    case updatedAt = "updated_at"
  }

  public init(_ restaurant: Restaurant, revision: Int, updatedAt: Timestamp) {
    id = restaurant.id.rawValue
    name = restaurant.name
    timezone = restaurant.calendar.identifier
    automation = restaurant.automation
    zones = restaurant.floor.zones.map(\.name)
    tables = restaurant.floor.tables.count
    seats = restaurant.floor.tables.reduce(0) { $0 + $1.capacity }
    self.revision = revision
    self.updatedAt = restaurant.calendar.format(updatedAt)
  }
}

/// A page of restaurants.
public struct RestaurantListBody: Codable, Sendable {
  public var restaurants: [RestaurantSummary]
  /// Give it as `after` for the next page; absent on the last.
  public var next: String?

  public init(restaurants: [RestaurantSummary], next: String?) {
    self.restaurants = restaurants
    self.next = next
  }
}

/// A start at which a party could be seated now.
public struct AvailableTimeBody: Codable, Sendable {
  public var start: String
  public var service: String?
  /// The best tables at the moment; no promise.
  public var tables: [String]
  public var spareSeats: Int
  /// Other bookings that change tables for it, without a person; 0 where tables are free.
  public var moves: Int

  enum CodingKeys: String, CodingKey, CaseIterable {
    case start, service, tables
    case spareSeats = "spare_seats"
    case moves
  }

  public init(start: String, service: String?, tables: [String], spareSeats: Int, moves: Int) {
    self.start = start
    self.service = service
    self.tables = tables
    self.spareSeats = spareSeats
    self.moves = moves
  }
}

/// The starts of a date at which a party could be seated.
public struct AvailabilityBody: Codable, Sendable {
  public var restaurantID: String
  public var date: LocalDate
  public var partySize: Int
  public var times: [AvailableTimeBody]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case restaurantID = "restaurant_id"
    case date
    case partySize = "party_size"
    case times
  }

  public init(restaurantID: String, date: LocalDate, partySize: Int, times: [AvailableTimeBody]) {
    self.restaurantID = restaurantID
    self.date = date
    self.partySize = partySize
    self.times = times
  }
}

/// Tables that are out of use for a time.
public struct BlockBody: Codable, Sendable {
  public var id: String
  public var restaurantID: String
  public var tables: [String]
  public var from: String
  public var until: String
  public var reason: String

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case restaurantID = "restaurant_id"
    case tables, from, until, reason
  }

  public init(id: String, restaurantID: String, tables: [String], from: String, until: String, reason: String) {
    self.id = id
    self.restaurantID = restaurantID
    self.tables = tables
    self.from = from
    self.until = until
    self.reason = reason
  }
}

/// The blocks of a restaurant.
public struct BlockListBody: Codable, Sendable {
  public var blocks: [BlockBody]

  public init(blocks: [BlockBody]) { self.blocks = blocks }
}
