import Foundation

/// The restaurant file (`annotated.restaurant.json` shows every key), also the body with which a restaurant is put.
///
/// Opening hours, service periods and booking interval may be left out: `plan --ignore-hours` reads files that have none.
public enum RestaurantFile {
  /// Every key of the file, in the order in which they are written.
  public static let keys = [
    "id", "name", "timezone", "automation", "opening_hours", "service_periods", "exceptions",
    "booking_interval_minutes", "last_seating_buffer_minutes", "buffers", "pacing", "combining", "holds",
    "accessible_tables_kept_until_minutes", "optimisation", "review", "demand", "zones", "tables", "adjacency",
    "combinations", "blocks",
  ]

  /// Reads a restaurant. Whether its combinations are too many is the seating engine's to judge.
  /// - Parameter source: name of the file for messages, or `body`.
  /// - Throws: everything that is wrong with it, or one problem if it is no JSON.
  public static func decode(_ bytes: [UInt8], source: String) throws(InputProblems) -> Restaurant {
    let tree = try JSONTree.parse(bytes, source: source)
    let problems = ProblemCollector(source: source)
    let restaurant = JSONObjectReader(tree, at: "", keys: keys, problems: problems).flatMap(read)
    try problems.throwIfAny()
    guard let restaurant else {
      throw InputProblems(
        InputProblem(source: source, place: "line 1, column 1", message: "is no restaurant", allowed: "a restaurant"))
    }
    return restaurant
  }

  /// Nil only if a problem was reported.
  private static func read(_ root: JSONObjectReader) -> Restaurant? {
    let id = identifier(root)
    let name = root.requiredText("name", length: 1...TextLimits.name)
    let calendar = timeZone(root)
    let periods = root.servicePeriods("service_periods", days: nil)
    let exceptions = root.dayExceptions()
    let services = Set((periods + exceptions.flatMap { $0.servicePeriods ?? [] }).map(\.name))
    let hours = root.openingHours()
    let interval = root.int("booking_interval_minutes", RestaurantLimits.intervalMinutes, default: 15)
    let lastSeating = root.int("last_seating_buffer_minutes", RestaurantLimits.lastSeatingMinutes, default: 0)
    let hasAllServices = periods.count == root.elementCount("service_periods")
    let policies = RestaurantPolicies(root, services: hasAllServices ? services.sorted() : nil)
    let floor = RestaurantFloorReader(root, calendar: calendar, joinedTables: policies.joinedTables).floor()
    guard let id, let name, let calendar else { return nil }
    return Restaurant(
      id: RestaurantID(id), name: name, calendar: calendar, automation: root.choice("automation", default: .auto),
      openingHours: hours, servicePeriods: periods, exceptions: exceptions, bookingIntervalMinutes: interval,
      lastSeatingBufferMinutes: lastSeating, buffers: policies.buffers, pacing: policies.pacing,
      combining: policies.combining, holdTTLSeconds: policies.holdTTLSeconds,
      accessibleTablesKeptUntilMinutes: policies.accessibleTablesKeptUntilMinutes, optimisation: policies.optimisation,
      review: policies.review, demand: policies.demand, floor: floor)
  }

  private static func identifier(_ root: JSONObjectReader) -> String? {
    guard root.required("id", allowed: TextRule.identifierAllowed) != nil,
      let id = root.text("id", length: 1...TextLimits.identifier)
    else { return nil }
    if TextRule.isIdentifier(id) { return id }
    root.report("id", "is no identifier", allowed: TextRule.identifierAllowed)
    return nil
  }

  private static func timeZone(_ root: JSONObjectReader) -> RestaurantCalendar? {
    let allowed = "an IANA time zone such as Europe/London"
    guard root.required("timezone", allowed: allowed) != nil,
      let name = root.text("timezone", length: 1...TextLimits.name)
    else { return nil }
    if let calendar = RestaurantCalendar(identifier: name) { return calendar }
    root.report("timezone", "is not a known time zone", allowed: allowed, suggestion: nearestZone(to: name))
    return nil
  }

  /// A zone spelt like `name`, or whose city is.
  private static func nearestZone(to name: String) -> String? {
    let zones = TimeZone.knownTimeZoneIdentifiers
    if let zone = Spelling.closest(to: name, in: zones) { return zone }
    let cities = zones.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let city = Spelling.closest(to: name.replacing(" ", with: "_"), in: cities)
    return city.flatMap(cities.firstIndex(of:)).map { zones[$0] }
  }
}
