import BookingDomain
import HeadwaiterAPI

/// The schemas of the API's document, by name.
enum Schemas {
  typealias Named = (name: String, schema: JSONValue)

  static let all: [Named] = requests + restaurantFile + bookings + floor + plans + service + rollout

  /// Objects whose members are not fixed: metadata, decision records.
  static let anyObject: JSONValue = ["type": "object"]
  static let texts: JSONValue = .list(of: .string)
  /// A time of an answer, in the restaurant's zone.
  static let shownTime: JSONValue = ["type": "string", "format": "date-time"]
  static let shownDate: JSONValue = ["type": "string", "format": "date"]
}

/// What is sent.
extension Schemas {
  static let requests: [Named] = [
    ("Guest", guest), ("NewBooking", newBooking), ("BookingChange", bookingChange),
    ("Tables", .object(["tables": tableNumbers(WireLimits.tables)])),
    ("Swap", .object(["with": .identifier])), ("WalkIn", walkIn), ("NewHold", newHold),
    ("HoldConfirm", .request([:], optional: ["guest": .ref("Guest")])), ("NewBlock", newBlock),
    (
      "BreakerForce",
      .object(["position": .choice(BreakerForceBody.Position.self), "reason": .text(WireLimits.reason)])
    ),
    ("FlagValue", .object(["value": .text(1...16), "reason": .text(WireLimits.reason)])),
    ("RestaurantFlagValue", .object(["value": .choice(RestaurantFlag.self), "reason": .text(WireLimits.reason)])),
    ("Kill", .object(["reason": .text(WireLimits.reason)])),
  ]

  private static let guest = JSONValue.request(
    ["name": .text(WireLimits.name)],
    optional: [
      "phone": .text(WireLimits.phone), "mail": .text(WireLimits.mail), "locale": .text(WireLimits.locale),
      "notes": .text(WireLimits.notes),
    ])

  private static let party = JSONValue.integer(WireLimits.party)
  private static let duration = JSONValue.integer(WireLimits.durationMinutes)
  private static let tags = JSONValue.list(of: .text(WireLimits.tag), WireLimits.tags, distinct: true)
  private static let needs = JSONValue.list(of: .choice(GuestNeed.self), 0...GuestNeed.allCases.count, distinct: true)

  static func tableNumbers(_ count: ClosedRange<Int>) -> JSONValue {
    .list(of: .text(WireLimits.tableNumber), count, distinct: true)
  }

  private static let newBooking = withStart(
    .request(
      ["restaurant_id": .identifier, "party_size": party],
      optional: [
        "start": .time, "date": .date, "start_time": .wallTime, "service": .text(WireLimits.service),
        "duration_minutes": duration, "origin": .choice(["guest", "host"]), "guest": .ref("Guest"),
        "zone": .text(WireLimits.zone), "tags": tags, "needs": needs,
        "wait_seconds": .integer(WireLimits.waitSeconds),
      ]))

  private static let newHold = withStart(
    .request(
      ["restaurant_id": .identifier, "party_size": party],
      optional: [
        "start": .time, "date": .date, "start_time": .wallTime, "service": .text(WireLimits.service),
        "zone": .text(WireLimits.zone), "tags": tags, "needs": needs,
      ]))

  private static let walkIn = JSONValue.request(
    ["restaurant_id": .identifier, "party_size": party],
    optional: [
      "guest": .ref("Guest"), "zone": .text(WireLimits.zone), "tags": tags, "needs": needs,
      "duration_minutes": duration, "tables": tableNumbers(WireLimits.tables),
    ])

  private static let bookingChange = JSONValue.request(
    [:],
    optional: [
      "start": .time, "date": .date, "start_time": .wallTime, "party_size": party,
      "service": .text(WireLimits.service), "duration_minutes": duration, "guest": .ref("Guest"),
      "zone": .text(WireLimits.zone), "tags": tags, "needs": needs, "on_no_table": .choice(["refuse", "review"]),
    ]
  ).adding([
    "minProperties": 1,
    "description": "What is left out or null stays. A start is `start`, or `date` and `start_time`.",
  ])

  private static let newBlock = JSONValue.request(
    [
      "tables": tableNumbers(WireLimits.blockedTables), "from": .time, "until": .time,
      "reason": .text(WireLimits.reason),
    ], optional: ["displace": .flag])

  /// A body that says when: as a moment, or by the restaurant's clock.
  private static func withStart(_ schema: JSONValue) -> JSONValue {
    let absent: JSONValue = ["type": "null"]
    return schema.adding([
      "oneOf": [
        [
          "required": ["start"],
          "properties": ["start": ["type": "string"], "date": absent, "start_time": absent],
        ],
        [
          "required": ["date", "start_time"],
          "properties": ["start": absent, "date": ["type": "string"], "start_time": ["type": "string"]],
        ],
      ]
    ])
  }
}
