public import BookingDomain
import DemandModel

/// Who books what, and when: restaurants, and guests' bookings in the order in which they are made.
public struct RehearsalDemand: Sendable {
  public let restaurants: [Restaurant]
  /// Each with the time at which the guest books.
  public let rows: [BookingRow]

  init(restaurants: [Restaurant], rows: [BookingRow]) {
    self.restaurants = restaurants
    self.rows = rows.sorted { first, second in
      let (a, b) = (first.createdAt?.microseconds ?? 0, second.createdAt?.microseconds ?? 0)
      return (a, first.bookingID) < (b, second.bookingID)
    }
  }

  /// Made up: floors cut from one, and demand for as many days as the scenario says.
  /// - Parameter house: whose floor, hours and services the restaurants have.
  public static func generated(
    for scenario: RehearsalScenario, like house: Restaurant, seed: UInt64
  ) -> RehearsalDemand {
    var random = SplitMix64(seed: seed)
    let houses = (1...max(1, scenario.restaurants)).map { number in
      RehearsalHouse(number: number, like: house, random: &random)
    }
    let total = houses.reduce(0) { $0 + $1.popularity }
    var rows: [BookingRow] = []
    for house in houses {
      let daily = Double(scenario.bookingsPerDay) * house.popularity / total
      rows += Self.rows(of: house.restaurant, daily: daily, scenario, &random)
    }
    return RehearsalDemand(restaurants: houses.map(\.restaurant), rows: rows)
  }

  /// A bookings file. Who gives no time of booking books during the day before.
  public static func recorded(
    _ rows: [BookingRow], restaurants: [RestaurantID: Restaurant], seed: UInt64
  ) -> RehearsalDemand {
    var random = SplitMix64(seed: seed)
    let timed = rows.map { row in
      guard row.createdAt == nil, let calendar = restaurants[row.restaurantID]?.calendar else { return row }
      var row = row
      let minute = random.whole(in: (9 * 60)...(21 * 60))
      row.createdAt = calendar.timestamp(date: row.date.adding(days: -1), minute: minute)
        .adding(.seconds(random.whole(in: 0...59)))
      return row
    }
    return RehearsalDemand(restaurants: restaurants.values.sorted { $0.id < $1.id }, rows: timed)
  }

  /// Days after the last booking day whose bookings are made up as well, since guests book ahead.
  private static let ahead = 30

  private static func rows(
    of restaurant: Restaurant, daily: Double, _ scenario: RehearsalScenario, _ random: inout SplitMix64
  ) -> [BookingRow] {
    let span = TimeWindow(start: scenario.startTime, end: scenario.endTime)
    return (0..<(scenario.days + ahead)).flatMap { day -> [BookingRow] in
      let date = scenario.start.adding(days: day)
      let count = Int((daily * weight(date.weekday) + random.unit()).rounded(.down))
      let seed = random.next()
      guard count > 0 else { return [] }
      return DemandGenerator.day(
        restaurant: restaurant, date: date, bookings: count, seed: seed,
        options: DemandOptions(zoneWishShare: 0.15, idPrefix: "\(restaurant.id)-\(day)")
      ).filter { $0.createdAt.map(span.contains) ?? false }
    }
  }

  /// Busier at the end of the week; 1 on average.
  private static func weight(_ day: Weekday) -> Double {
    switch day {
    case .mon, .tue, .wed: 0.8
    case .thu: 0.95
    case .fri: 1.3
    case .sat: 1.4
    case .sun: 0.95
    }
  }
}

extension RehearsalDemand {
  /// When the guest of a row books; nil after the last.
  func time(of row: Int) -> Timestamp? { row < rows.count ? rows[row].createdAt : nil }
}
