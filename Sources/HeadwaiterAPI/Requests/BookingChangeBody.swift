public import BookingDomain

/// What changes about a booking: `PATCH /v1/bookings/{booking_id}`. What is left out stays.
public struct BookingChangeBody: WireRequest {
  /// What to do when the changed booking finds no table.
  public enum OnNoTable: String, Codable, Sendable, CaseIterable {
    /// 409 with alternatives, nothing changed; the default.
    case refuse
    /// The old tables stay claimed until a person decides.
    case review
  }

  /// RFC 3339; or ``date`` and ``startTime``.
  public var start: String?
  public var date: String?
  /// `HH:MM` on the restaurant's clock.
  public var startTime: String?
  public var partySize: Int?
  public var service: String?
  /// For hosts.
  public var durationMinutes: Int?
  public var guest: GuestBody?
  public var zone: String?
  public var tags: [String]?
  public var needs: [GuestNeed]?
  public var onNoTable: OnNoTable?

  public init() {}

  enum CodingKeys: String, CodingKey, CaseIterable {
    case start, date
    case startTime = "start_time"
    case partySize = "party_size"
    case service
    case durationMinutes = "duration_minutes"
    case guest, zone, tags, needs
    case onNoTable = "on_no_table"
  }

  public static let keys = CodingKeys.allCases.map(\.rawValue)

  public init(_ reader: JSONObjectReader) {
    start = reader.time("start")
    date = reader.date("date")
    startTime = reader.wallTime("start_time")
    partySize = reader.int("party_size", WireLimits.party)
    service = reader.text("service", length: WireLimits.service)
    durationMinutes = reader.int("duration_minutes", WireLimits.durationMinutes)
    guest = GuestBody.read(in: reader)
    let wishes = WishesReader(reader)
    (zone, tags, needs) = (wishes.zone, wishes.tags, wishes.needs)
    onNoTable = reader.option("on_no_table", OnNoTable.self)
    if ["start", "date", "start_time"].contains(where: reader.has) { BookingStart.check(reader) }
  }

  /// Whether it says nothing.
  public var isEmpty: Bool {
    start == nil && date == nil && startTime == nil && partySize == nil && service == nil && durationMinutes == nil
      && guest == nil && !hasWishes
  }

  public var hasWishes: Bool { zone != nil || tags != nil || needs != nil }

  /// The wishes that result; those it leaves out are the booking's.
  public func wishes(over old: SeatingWishes) -> SeatingWishes? {
    guard hasWishes else { return nil }
    return SeatingWishes(
      zone: zone ?? old.zone, tags: tags.map(Set.init) ?? old.tags, needs: needs.map(Set.init) ?? old.needs)
  }

  /// The new start as a moment, if there is one; wall times are by the restaurant's clock.
  public func startTime(in calendar: RestaurantCalendar) -> Timestamp? {
    BookingStart.moment(start: start, date: date, time: startTime, in: calendar)
  }
}
