import BookingDomain
import HeadwaiterAPI

/// The restaurant file, as it is put and read.
extension Schemas {
  static let restaurantFile: [Named] = [("RestaurantFile", file), ("TurnBands", bands), ("ServicePeriod", period)]

  private static let name = JSONValue.text(1...TextLimits.name)
  private static let number = JSONValue.text(1...TextLimits.identifier)
  private static let party = JSONValue.integer(RestaurantLimits.party)
  private static let days = JSONValue.list(
    of: .choice(Weekday.allCases.map(\.name)), 1...Weekday.allCases.count, distinct: true)
  private static let wallMoment = JSONValue.pattern(
    "^\(DatePattern.date)T(([01][0-9]|2[0-3]):[0-5][0-9]|24:00|\(DatePattern.time)\(DatePattern.offset))$")

  private static let file = JSONValue.request(
    [
      "id": .identifier, "name": name, "timezone": .string, "zones": .list(of: zone, RestaurantLimits.zones),
      "tables": .list(of: table, RestaurantLimits.tables),
    ],
    optional: [
      "automation": .choice(AutomationLevel.self), "opening_hours": .list(of: hours, RestaurantLimits.openingHours),
      "service_periods": .list(of: .ref("ServicePeriod"), RestaurantLimits.servicePeriods),
      "exceptions": .list(of: exception, RestaurantLimits.exceptions),
      "booking_interval_minutes": .integer(RestaurantLimits.intervalMinutes),
      "last_seating_buffer_minutes": .integer(RestaurantLimits.lastSeatingMinutes), "buffers": buffers,
      "pacing": pacing, "combining": combining,
      "holds": .request([:], optional: ["ttl_seconds": .integer(RestaurantLimits.holdSeconds)]),
      "accessible_tables_kept_until_minutes": .integer(RestaurantLimits.leadMinutes), "optimisation": optimisation,
      "review": review, "demand": .list(of: demand, RestaurantLimits.demand),
      "adjacency": .list(of: .list(of: number, 2...2, distinct: true), RestaurantLimits.adjacentPairs),
      "combinations": .list(of: combination, RestaurantLimits.combinations),
      "blocks": .list(of: block, RestaurantLimits.blocks),
    ])

  private static let zone = JSONValue.request(["name": name], optional: ["area": .text(0...TextLimits.name)])

  private static let hours = JSONValue.request(["days": days, "open": .wallTime, "close": .wallEnd])

  private static let bands = JSONValue.list(
    of: .request(["max_party": party, "minutes": .integer(RestaurantLimits.turnMinutes)]), RestaurantLimits.turnBands)

  private static let period = JSONValue.request([
    "name": name, "kind": name, "days": days, "start": .wallTime, "end": .wallEnd, "turn_bands": .ref("TurnBands"),
  ])

  private static let exception = JSONValue.request(
    ["date": .date],
    optional: [
      "closed": .flag, "open": .wallTime, "close": .wallEnd,
      "service_periods": .list(
        of: .request([
          "name": name, "kind": name, "start": .wallTime, "end": .wallEnd, "turn_bands": .ref("TurnBands"),
        ]), RestaurantLimits.servicePeriods),
    ])

  private static let buffers = JSONValue.request(
    [:],
    optional: [
      "before_minutes": .integer(RestaurantLimits.bufferMinutes),
      "after_minutes": .integer(RestaurantLimits.bufferMinutes),
    ])

  private static let pacing = JSONValue.request(
    ["interval_minutes": .integer(RestaurantLimits.intervalMinutes)],
    optional: [
      "max_covers": .integer(RestaurantLimits.pacingLimit),
      "max_covers_online": .integer(RestaurantLimits.pacingLimit),
      "max_parties": .integer(RestaurantLimits.pacingLimit),
    ])

  private static let combining = JSONValue.request(
    [:],
    optional: [
      "max_tables": .integer(RestaurantLimits.maxTables), "require_adjacency": .flag,
      "max_spare_seats": .integer(RestaurantLimits.spareSeats),
    ])

  private static let optimisation = JSONValue.request(
    [:],
    optional: [
      "automatic": .flag, "minimum_gain_percent": .integer(RestaurantLimits.gainPercent),
      "churn_budget": .integer(RestaurantLimits.churn), "freeze_minutes": .integer(RestaurantLimits.leadMinutes),
    ])

  private static let review = JSONValue.request(
    [:],
    optional: [
      "alert_before_minutes": .integer(RestaurantLimits.leadMinutes),
      "decline_before_minutes": .integer(RestaurantLimits.leadMinutes), "decline_automatically": .flag,
    ])

  private static let demand = JSONValue.request([
    "service": name, "days": days, "expected_parties": .integer(RestaurantLimits.expectedParties),
    "party_sizes": [
      "type": "object", "minProperties": 1, "additionalProperties": .number(0...1),
      "propertyNames": ["pattern": "^([1-9][0-9]?|[1-4][0-9][0-9]|500)$"],
    ],
  ])

  private static let table = JSONValue.request(
    ["number": number, "zone": name, "capacity": .integer(RestaurantLimits.capacity)],
    optional: [
      "min_party": party, "max_party": party, "category": .text(0...TextLimits.name),
      "seating": .text(0...TextLimits.name), "mobility": .choice(Mobility.self),
      "tags": .list(of: number, RestaurantLimits.tags, distinct: true),
      "priority": .integer(RestaurantLimits.priority), "active": .flag, "position": position,
    ])

  private static let position = JSONValue.request(
    ["x": .number(RestaurantLimits.coordinate), "y": .number(RestaurantLimits.coordinate)],
    optional: [
      "width": .number(RestaurantLimits.size), "height": .number(RestaurantLimits.size),
      "rotation": .number(RestaurantLimits.rotation), "shape": .choice(["square", "rectangle", "round"]),
    ])

  private static let combination = JSONValue.request(
    ["name": name, "tables": .list(of: number, RestaurantLimits.combinationTables, distinct: true)],
    optional: ["min_party": party, "max_party": party])

  private static let block = JSONValue.request(
    ["tables": .list(of: number, RestaurantLimits.tables, distinct: true), "from": wallMoment, "to": wallMoment],
    optional: ["reason": .text(0...TextLimits.name)])
}
