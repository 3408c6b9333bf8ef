import BookingDomain
import HeadwaiterAPI

/// Restaurants, floors and what happens on them, as answered.
extension Schemas {
  static let floor: [Named] = [
    ("RestaurantSummary", summary), ("RestaurantList", page("restaurants", of: "RestaurantSummary")),
    ("Floor", floorView), ("FloorTable", floorTable), ("FloorBooking", floorBooking),
    ("AvailableTime", availableTime), ("Availability", availability), ("Block", block),
    ("BlockList", .object(["blocks": .list(of: .ref("Block"))])), ("LiveEvent", liveEvent),
    ("LiveEventList", .object(["events": .list(of: .ref("LiveEvent")), "last": .count])),
  ]

  private static let number: JSONValue = ["type": "number"]

  private static let summary = JSONValue.object([
    "id": .identifier, "name": .string, "timezone": .string, "automation": .choice(AutomationLevel.self),
    "zones": texts, "tables": .count, "seats": .count, "revision": .count, "updated_at": shownTime,
  ])

  private static let floorView = JSONValue.object([
    "restaurant": .object(["id": .identifier, "name": .string, "timezone": .string]), "date": shownDate,
    "now": shownTime, "zones": .list(of: .object(["name": .string], optional: ["area": .string])),
    "tables": .list(of: .ref("FloorTable")), "adjacency": .list(of: .list(of: .string, 2...2)),
    "services": .list(of: .object(["name": .string, "kind": .string, "start": shownTime, "end": shownTime])),
    "claims": .list(
      of: .object(
        [
          "table": .string, "kind": .choice(["hold", "allocation", "block"]), "from": shownTime, "until": shownTime,
        ], optional: ["booking_id": .identifier, "note": .string])),
    "bookings": .list(of: .ref("FloorBooking")),
    "risks": .list(of: .object(["booking_id": .identifier, "caused_by": .identifier, "suggested_tables": texts])),
  ])

  private static let floorTable = JSONValue.object(
    [
      "number": .string, "zone": .string, "capacity": .count, "mobility": .choice(Mobility.self), "tags": texts,
      "active": .flag,
    ],
    optional: [
      "min_party": .count, "max_party": .count, "category": .string, "seating": .string,
      "position": .object([
        "x": number, "y": number, "width": number, "height": number, "rotation": number,
        "shape": .choice(["square", "rectangle", "round"]),
      ]),
    ])

  private static let floorBooking = JSONValue.object(
    [
      "id": .identifier, "party_size": .count, "start": shownTime, "end": shownTime,
      "status": .choice(BookingStatus.self), "assignment_state": .choice(AssignmentState.self), "version": .count,
      "tables": texts, "origin": .choice(BookingOrigin.self), "pinned": .flag,
    ], optional: ["strategy": .choice(StrategyName.self), "reason": .choice(OutcomeReason.self)])

  private static let availableTime = JSONValue.object(
    [
      "start": shownTime, "tables": texts, "spare_seats": .count,
      "moves": JSONValue.count.adding([
        "description": "Other bookings that change tables for it, without a person; 0 where tables are free."
      ]),
    ], optional: ["service": .string])

  private static let availability = JSONValue.object([
    "restaurant_id": .identifier, "date": shownDate, "party_size": .count, "times": .list(of: .ref("AvailableTime")),
  ])

  private static let block = JSONValue.object([
    "id": .string, "restaurant_id": .identifier, "tables": texts, "from": shownTime, "until": shownTime,
    "reason": .string,
  ])

  private static let liveEvent = JSONValue.object(
    ["id": .count, "topic": .string, "restaurant_id": .identifier, "created_at": shownTime, "data": anyObject],
    optional: ["booking_id": .identifier])
}
