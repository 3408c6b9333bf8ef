public import BookingDomain

/// A booking as asked for: `POST /v1/bookings`.
public struct NewBookingBody: WireRequest {
  public var restaurantID: String
  /// RFC 3339; or ``date`` and ``startTime``.
  public var start: String?
  public var date: String?
  /// `HH:MM` on the restaurant's clock.
  public var startTime: String?
  public var partySize: Int
  public var service: String?
  /// For hosts.
  public var durationMinutes: Int?
  public var origin: BookingOrigin?
  public var guest: GuestBody?
  public var zone: String?
  public var tags: [String]?
  public var needs: [GuestNeed]?
  /// How long the answer may wait for the booking to be decided; 2 unless set.
  public var waitSeconds: Int?

  public init(restaurantID: String, partySize: Int) {
    self.restaurantID = restaurantID
    self.partySize = partySize
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case restaurantID = "restaurant_id"
    case start, date
    case startTime = "start_time"
    case partySize = "party_size"
    case service
    case durationMinutes = "duration_minutes"
    case origin, guest, zone, tags, needs
    case waitSeconds = "wait_seconds"
  }

  public static let keys = CodingKeys.allCases.map(\.rawValue)

  public init(_ reader: JSONObjectReader) {
    restaurantID = reader.requiredText("restaurant_id", length: 1...TextLimits.identifier) ?? ""
    start = reader.time("start")
    date = reader.date("date")
    startTime = reader.wallTime("start_time")
    partySize = reader.requiredInt("party_size", WireLimits.party) ?? 1
    service = reader.text("service", length: WireLimits.service)
    durationMinutes = reader.int("duration_minutes", WireLimits.durationMinutes)
    origin = BookingStart.origin(reader)
    guest = GuestBody.read(in: reader)
    let wishes = WishesReader(reader)
    (zone, tags, needs) = (wishes.zone, wishes.tags, wishes.needs)
    waitSeconds = reader.int("wait_seconds", WireLimits.waitSeconds)
    BookingStart.check(reader)
  }

  public var wishes: SeatingWishes { SeatingWishes(zone: zone, tags: tags, needs: needs) }

  /// The start as a moment; wall times are by the restaurant's clock.
  public func startTime(in calendar: RestaurantCalendar) -> Timestamp? {
    BookingStart.moment(start: start, date: date, time: startTime, in: calendar)
  }
}

/// The two ways to say when a booking starts.
enum BookingStart {
  /// Walk-ins have a path of their own.
  static func origin(_ reader: JSONObjectReader) -> BookingOrigin? {
    guard let origin = reader.option("origin", BookingOrigin.self) else { return nil }
    if origin == .walkIn { reader.report("origin", "has a path of its own, /v1/walk-ins", allowed: "guest, host") }
    return origin
  }

  /// Reports a body that says neither or both.
  static func check(_ reader: JSONObjectReader) {
    let wall = reader.has("date") || reader.has("start_time")
    if reader.has("start") {
      if wall { reader.report("start", "stands beside date or start_time", allowed: "start, or date and start_time") }
    } else if !wall {
      reader.report("start", "is missing", allowed: "start, or date and start_time")
    } else {
      _ = reader.required("date", allowed: WireTime.allowedDate)
      _ = reader.required("start_time", allowed: "HH:MM, 00:00 to 23:59")
    }
  }

  static func moment(
    start: String?, date: String?, time: String?, in calendar: RestaurantCalendar
  ) -> Timestamp? {
    if let start { return WireTime.read(start) }
    guard let date = date.flatMap(WireTime.date), let time = time.flatMap({ LocalTime($0) }) else { return nil }
    return calendar.timestamp(date: date, minute: time.minuteOfDay)
  }
}
