/// What a service date's seating comes to, in the order in which it counts (§5): bookings, covers, then spare seats and
/// extra tables.
public struct DayFigures: Sendable, Hashable, Codable {
  /// Bookings with tables.
  public var bookings: Int
  /// Their guests.
  public var covers: Int
  /// Seats that they leave empty.
  public var spareSeats: Int
  /// Tables beyond the first of each.
  public var extraTables: Int

  public init(bookings: Int = 0, covers: Int = 0, spareSeats: Int = 0, extraTables: Int = 0) {
    self.bookings = bookings
    self.covers = covers
    self.spareSeats = spareSeats
    self.extraTables = extraTables
  }

  /// What an extra table costs, in spare seats.
  public static let extraTableCost = 3

  /// Spare seats, and ``extraTableCost`` for each extra table.
  public var cost: Int { spareSeats + Self.extraTableCost * extraTables }

  /// Whether this is the better of two.
  public func isBetter(than other: DayFigures) -> Bool {
    (bookings, covers, other.cost) > (other.bookings, other.covers, cost)
  }

  /// Gain over what was before, in percent of it, by the first of bookings, covers and cost that differs; negative for a
  /// loss, 100 where there was nothing before.
  public func gainPercent(over before: DayFigures) -> Double {
    if bookings != before.bookings { return Self.percent(bookings - before.bookings, of: before.bookings) }
    if covers != before.covers { return Self.percent(covers - before.covers, of: before.covers) }
    return cost == before.cost ? 0 : Self.percent(before.cost - cost, of: before.cost)
  }

  private static func percent(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? (part < 0 ? -100 : 100) : 100 * Double(part) / Double(whole)
  }
}

extension DayFigures {
  public static func + (a: DayFigures, b: DayFigures) -> DayFigures {
    DayFigures(
      bookings: a.bookings + b.bookings, covers: a.covers + b.covers, spareSeats: a.spareSeats + b.spareSeats,
      extraTables: a.extraTables + b.extraTables)
  }

  /// The same with one more booking.
  public mutating func add(party: Int, seats: Int, tables: Int) {
    bookings += 1
    covers += party
    spareSeats += max(0, seats - party)
    extraTables += max(0, tables - 1)
  }
}
