import AssignmentStore
import BookingDomain
import HeadwaiterAPI

/// Better seatings of a day.
extension Schemas {
  static let plans: [Named] = [
    ("Optimise", .object(["date": .date])), ("ForceConfirm", forceConfirm), ("DayFigures", figures),
    ("DayMove", move), ("DayPlan", plan), ("DayPlanList", .object(["plans": .list(of: .ref("DayPlan"))])),
    ("DayPreview", preview),
  ]

  private static let tables = tableNumbers(WireLimits.tables)

  private static let forceConfirm = JSONValue.request(
    ["tables": tables],
    optional: [
      "moves": JSONValue.list(
        of: .object(["booking_id": .text(1...TextLimits.identifier), "tables": tables]), WireLimits.moves
      )
      .adding([
        "description": "Confirmed bookings that change tables for it, in the same transaction; each booking once."
      ])
    ])

  private static let figures = JSONValue.object([
    "bookings": .count, "covers": .count, "spare_seats": .count, "extra_tables": .count,
  ])

  private static let move = JSONValue.object([
    "booking_id": .identifier, "party_size": .count, "start": shownTime,
    "from": texts.adding(["description": "Empty for a booking that had no table."]), "to": texts, "text": .string,
  ])

  private static let plan = JSONValue.object(
    [
      "plan_id": .identifier, "date": shownDate, "cause": .choice(DayPlanCause.self),
      "state": .choice(DayPlanState.self), "automatic": .flag, "created_at": shownTime, "created_by": .string,
      "before": .ref("DayFigures"), "after": .ref("DayFigures"),
      "gain_percent": [
        "type": "number",
        "description": "Of the first that differs of bookings, covers, and spare seats with joined tables.",
      ], "gain": .string, "moves": .list(of: .ref("DayMove")),
      "move_count": JSONValue.count.adding(["description": "Confirmed bookings that change tables."]),
    ], optional: ["decided_at": shownTime, "decided_by": .string])

  private static let preview = JSONValue.object(
    ["plan": .optional(.ref("DayPlan")), "now": .ref("DayFigures")],
    optional: [
      "waiting": JSONValue.count.adding(["description": "Bookings that wait for a person and have no table."]),
      "bound": JSONValue.count.adding(["description": "No seating gives tables to more, whoever moved."]),
    ])
}
