public import BookingDomain
import DemandModel

/// The demo's evening: a real pub, and a Friday of made-up demand.
public struct DemoScript: Sendable {
  public let restaurant: Restaurant
  public let date: LocalDate
  public let rows: [BookingRow]

  /// - Parameters:
  ///   - today: the demo's Friday is the next one after it.
  ///   - bookings: 140 unless set: a full evening in which not everybody gets a table.
  /// - Throws: `InputProblems` if the restaurant's file does not decode; a test shows that it does.
  public init(after today: LocalDate, bookings: Int = 140, seed: UInt64) throws(InputProblems) {
    let restaurant = try DemoScript.whiteHorse()
    let daysToFriday = (Weekday.fri.rawValue - today.weekday.rawValue + 6) % 7 + 1
    self.restaurant = restaurant
    date = today.adding(days: daysToFriday)
    rows = DemandGenerator.day(restaurant: restaurant, date: date, bookings: bookings, seed: seed)
  }

  /// The White Horse in Waterbeach: 26 tables, 116 seats, three zones.
  public static func whiteHorse() throws(InputProblems) -> Restaurant {
    try RestaurantFile.decode(
      PackageResources.white_horse_waterbeach_restaurant_json, source: "white-horse-waterbeach.restaurant.json")
  }
}
