/// One row of a bookings file: a guest's booking.
public struct BookingRow: Sendable, Hashable {
  public var bookingID: BookingID
  public var restaurantID: RestaurantID
  /// The calendar date of the start.
  public var date: LocalDate
  /// Wall-clock minutes after the midnight that begins `date`, 0…1439.
  public var startMinute: Int
  public var party: Int
  /// Overrides the turn band.
  public var durationMinutes: Int?
  /// A service by name; nil leaves the choice to the rules.
  public var service: String?
  /// A wish.
  public var zone: String?
  /// Wishes; `accessible` and `high_chair` among them are needs, see ``wishes``.
  public var tags: Set<String>
  /// When the guest booked; nil leaves it to the reader.
  public var createdAt: Timestamp?
  /// Line of the file on which the row begins, the header's being 1.
  public var line: Int

  public init(
    bookingID: BookingID, restaurantID: RestaurantID, date: LocalDate, startMinute: Int, party: Int,
    durationMinutes: Int? = nil, service: String? = nil, zone: String? = nil, tags: Set<String> = [],
    createdAt: Timestamp? = nil, line: Int
  ) {
    self.bookingID = bookingID
    self.restaurantID = restaurantID
    self.date = date
    self.startMinute = startMinute
    self.party = party
    self.durationMinutes = durationMinutes
    self.service = service
    self.zone = zone
    self.tags = tags
    self.createdAt = createdAt
    self.line = line
  }

  /// The start as a moment, by the restaurant's clock.
  public func start(in calendar: RestaurantCalendar) -> Timestamp {
    calendar.timestamp(date: date, minute: startMinute)
  }

  /// The row's zone and tags as the engine takes them: a tag that names a need (``GuestNeed``) is that need.
  public var wishes: SeatingWishes {
    let needs = Set(tags.compactMap(GuestNeed.init(rawValue:)))
    return SeatingWishes(zone: zone, tags: tags.subtracting(needs.map(\.rawValue)), needs: needs)
  }
}
