public import BookingDomain
import Foundation

extension Restaurant {
  /// A house in London, open daily from noon to 23:00: lunch, dinner, one zone `Main`, and tables T1, T2 (2 seats),
  /// T3 to T6 (4 seats, side by side), T7 (6 seats) and T8 (8 seats, fixed, accessible).
  public static func sample(
    id: RestaurantID = "house", name: String = "The Sample House", timezone: String = "Europe/London",
    automation: AutomationLevel = .auto, tables: [DiningTable] = sampleTables, pacing: Pacing? = nil,
    buffers: Buffers = Buffers()
  ) -> Restaurant {
    guard let calendar = RestaurantCalendar(identifier: timezone) else { preconditionFailure("no zone \(timezone)") }
    return Restaurant(
      id: id, name: name, calendar: calendar, automation: automation,
      openingHours: [OpeningHours(days: Weekday.allCases, open: time("12:00"), close: time("23:00"))],
      servicePeriods: [service("lunch", "12:00", "16:00"), service("dinner", "17:00", "23:00")], buffers: buffers,
      pacing: pacing, floor: floor(tables))
  }

  public static let sampleTables: [DiningTable] =
    [2, 2, 4, 4, 4, 4, 6].enumerated().map { index, capacity in
      DiningTable(number: TableNumber("T\(index + 1)"), zone: "Main", capacity: capacity)
    } + [DiningTable(number: "T8", zone: "Main", capacity: 8, mobility: .fixed, tags: ["accessible"])]

  /// Neighbours in the list stand side by side if both are movable and have the same seats.
  private static func floor(_ tables: [DiningTable]) -> FloorPlan {
    let neighbours = zip(tables, tables.dropFirst()).filter { pair in
      pair.0.mobility == .movable && pair.1.mobility == .movable && pair.0.capacity == pair.1.capacity
        && pair.0.zone == pair.1.zone
    }
    var zones: [Zone] = []
    for table in tables where !zones.contains(where: { $0.name == table.zone }) { zones.append(Zone(name: table.zone)) }
    return FloorPlan(
      zones: zones, tables: tables, adjacency: neighbours.map { TablePair($0.0.number, $0.1.number) })
  }

  private static func service(_ kind: String, _ start: String, _ end: String) -> ServicePeriod {
    ServicePeriod(
      name: kind.capitalized, kind: kind, days: Weekday.allCases, start: time(start), end: time(end),
      turnBands: [
        TurnBand(maxParty: 2, minutes: 90), TurnBand(maxParty: 4, minutes: 105), TurnBand(maxParty: 99, minutes: 120),
      ])
  }

  private static func time(_ text: String) -> LocalTime {
    guard let time = LocalTime(text) else { preconditionFailure("no time \(text)") }
    return time
  }
}
