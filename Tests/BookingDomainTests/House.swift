import BookingDomain

/// Small restaurants for tests of the capacity rules.
enum House {
  /// Open every day from `open` to `close`, with the given services.
  static func make(
    zone: String = "Europe/London", open: String = "12:00", close: String = "23:00", services: [ServicePeriod],
    exceptions: [DayException] = [], interval: Int = 15, lastSeating: Int = 0, buffers: Buffers = Buffers(),
    pacing: Pacing? = nil
  ) throws -> Restaurant {
    let hours = OpeningHours(
      days: Weekday.allCases, open: try TestData.clock(open), close: try TestData.clock(close))
    return Restaurant(
      id: "house", name: "House", calendar: try TestData.calendar(zone), openingHours: [hours],
      servicePeriods: services, exceptions: exceptions, bookingIntervalMinutes: interval,
      lastSeatingBufferMinutes: lastSeating, buffers: buffers, pacing: pacing,
      floor: FloorPlan(
        zones: [Zone(name: "Room")], tables: [DiningTable(number: "1", zone: "Room", capacity: 4)]))
  }

  /// A service of every day: parties up to 2 stay 60 minutes, up to 6 stay 90.
  static func service(
    _ name: String, _ start: String, _ end: String, kind: String = "dinner", days: [Weekday] = Weekday.allCases
  ) throws -> ServicePeriod {
    ServicePeriod(
      name: name, kind: kind, days: days, start: try TestData.clock(start), end: try TestData.clock(end),
      turnBands: [TurnBand(maxParty: 2, minutes: 60), TurnBand(maxParty: 6, minutes: 90)])
  }

  /// What the rules make of a request: the service's name, or the rejection's.
  static func answer(_ restaurant: Restaurant, _ request: CapacityRequest) -> String {
    do {
      return try CapacityVerifier(restaurant: restaurant).slot(for: request).service ?? ""
    } catch {
      return error.rawValue
    }
  }

  /// The same for a guest's party at a wall time such as `2026-12-04 19:00`.
  static func answer(_ restaurant: Restaurant, _ wall: String, party: Int = 2, service: String? = nil) throws -> String
  {
    let start = restaurant.calendar.timestamp(
      date: try TestData.date(String(wall.prefix(10))), minute: try TestData.clock(String(wall.suffix(5))).minuteOfDay)
    return answer(restaurant, CapacityRequest(party: party, start: start, service: service))
  }
}
