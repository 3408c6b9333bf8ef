public import BookingDomain

/// A guest's hold before the booking: `POST /v1/holds`.
public struct NewHoldBody: WireRequest {
  public var restaurantID: String
  /// RFC 3339; or ``date`` and ``startTime``.
  public var start: String?
  public var date: String?
  /// `HH:MM` on the restaurant's clock.
  public var startTime: String?
  public var partySize: Int
  public var service: String?
  public var zone: String?
  public var tags: [String]?
  public var needs: [GuestNeed]?

  public init(restaurantID: String, partySize: Int) {
    self.restaurantID = restaurantID
    self.partySize = partySize
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case restaurantID = "restaurant_id"
    case start, date
    case startTime = "start_time"
    case partySize = "party_size"
    case service, zone, tags, needs
  }

  public static let keys = CodingKeys.allCases.map(\.rawValue)

  public init(_ reader: JSONObjectReader) {
    restaurantID = reader.requiredText("restaurant_id", length: 1...TextLimits.identifier) ?? ""
    start = reader.time("start")
    date = reader.date("date")
    startTime = reader.wallTime("start_time")
    partySize = reader.requiredInt("party_size", WireLimits.party) ?? 1
    service = reader.text("service", length: WireLimits.service)
    let wishes = WishesReader(reader)
    (zone, tags, needs) = (wishes.zone, wishes.tags, wishes.needs)
    BookingStart.check(reader)
  }

  public var wishes: SeatingWishes { SeatingWishes(zone: zone, tags: tags, needs: needs) }

  /// The start as a moment; wall times are by the restaurant's clock.
  public func startTime(in calendar: RestaurantCalendar) -> Timestamp? {
    BookingStart.moment(start: start, date: date, time: startTime, in: calendar)
  }
}

/// Who takes the held tables: `POST /v1/holds/{hold_id}/confirm`.
public struct HoldConfirmBody: WireRequest {
  public var guest: GuestBody?

  public init(guest: GuestBody?) { self.guest = guest }

  public static let keys = ["guest"]

  public init(_ reader: JSONObjectReader) { guest = GuestBody.read(in: reader) }
}

/// Tables taken out of use: `POST /v1/restaurants/{restaurant_id}/blocks`.
public struct NewBlockBody: WireRequest {
  public var tables: [String]
  /// RFC 3339.
  public var from: String
  /// RFC 3339, after ``from``.
  public var until: String
  public var reason: String
  /// Moves the bookings in the way, or sends them to review; false refuses with their list.
  public var displace: Bool?

  public init(tables: [String], from: String, until: String, reason: String, displace: Bool? = nil) {
    self.tables = tables
    self.from = from
    self.until = until
    self.reason = reason
    self.displace = displace
  }

  public static let keys = ["tables", "from", "until", "reason", "displace"]

  public init(_ reader: JSONObjectReader) {
    _ = reader.required("tables", allowed: "a list of table numbers")
    tables = reader.distinctTexts("tables", count: WireLimits.blockedTables, length: WireLimits.tableNumber) ?? []
    for key in ["from", "until"] { _ = reader.required(key, allowed: WireTime.allowed) }
    from = reader.time("from") ?? ""
    until = reader.time("until") ?? ""
    reason = reader.requiredText("reason", length: WireLimits.reason) ?? ""
    displace = reader.has("displace") ? reader.bool("displace", default: false) : nil
    if let from = WireTime.read(from), let until = WireTime.read(until), from >= until {
      reader.report("until", "is not after from", allowed: "a time after from")
    }
  }

  public var numbers: [TableNumber] { tables.map(TableNumber.init(rawValue:)) }

  /// The time it names; nil for one that was not read from a valid body.
  public var window: TimeWindow? {
    guard let start = WireTime.read(from), let end = WireTime.read(until) else { return nil }
    return TimeWindow(start: start, end: end)
  }
}
