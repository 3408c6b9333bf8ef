public import BookingDomain

/// Makes up a realistic day of bookings.
public enum DemandGenerator {
  /// Bookings for one date, in the order in which they were made; the same for the same arguments.
  ///
  /// Every start is one that hours, service and turn allow a guest; pacing, and whether there is a table, is not looked at.
  /// - Returns: `count` rows, or none if the house takes no guests on that date.
  public static func day(
    restaurant: Restaurant, date: LocalDate, bookings count: Int, seed: UInt64,
    options: DemandOptions = DemandOptions()
  ) -> [BookingRow] {
    var drawing = DayDrawing(restaurant: restaurant, date: date, options: options, seed: seed)
    var drafts: [BookingRow] = []
    for _ in 0..<max(0, count) {
      guard let draft = drawing.booking() else { return [] }
      drafts.append(draft)
    }
    let prefix = options.idPrefix ?? date.weekday.name.uppercased()
    return drafts.enumerated().sorted(by: isEarlier).enumerated().map { index, draft in
      var row = draft.element
      row.bookingID = BookingID("\(prefix)-\(number(index + 1))")
      row.line = index + 2
      return row
    }
  }

  /// By the time of booking; of equal ones the one drawn first.
  private static func isEarlier(
    _ a: (offset: Int, element: BookingRow), _ b: (offset: Int, element: BookingRow)
  ) -> Bool {
    let (first, second) = (a.element.createdAt?.microseconds ?? 0, b.element.createdAt?.microseconds ?? 0)
    return first != second ? first < second : a.offset < b.offset
  }

  /// At least four digits.
  private static func number(_ number: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// What a generated day is like beyond its size.
public struct DemandOptions: Sendable, Hashable {
  /// Gives each row minutes at the table around the mean for such a party and weekday, never more than its turn band;
  /// else the turn bands decide.
  public var withDurations: Bool
  /// Share of the parties that wish for a zone, 0…1.
  public var zoneWishShare: Double
  /// Put before the number in the ids; nil is the weekday, as in `FRI-0001`. Set it where several days go into one file.
  public var idPrefix: String?

  public init(withDurations: Bool = false, zoneWishShare: Double = 0, idPrefix: String? = nil) {
    self.withDurations = withDurations
    self.zoneWishShare = zoneWishShare
    self.idPrefix = idPrefix
  }
}
