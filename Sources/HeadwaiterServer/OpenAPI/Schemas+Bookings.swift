import BookingDomain
import HeadwaiterAPI

/// Bookings and what belongs to them, as answered.
extension Schemas {
  static let bookings: [Named] = [
    ("Booking", booking), ("BookingList", page("bookings", of: "Booking")),
    ("SwapResult", .object(["bookings": .list(of: .ref("Booking"))])), ("History", history),
    ("Attempts", attempts), ("Explanation", explanation), ("Notices", notices), ("Hold", hold),
    ("TableSuggestion", suggestion), ("ReviewItem", reviewItem), ("ReviewQueue", page("items", of: "ReviewItem")),
  ]

  private static let booking = JSONValue.object(
    [
      "id": .identifier, "restaurant_id": .identifier, "origin": .choice(BookingOrigin.self),
      "status": .choice(BookingStatus.self), "assignment_state": .choice(AssignmentState.self), "version": .count,
      "party_size": .count, "start": shownTime, "end": shownTime, "service_date": shownDate,
      "blocked_from": shownTime, "blocked_until": shownTime, "tables": texts, "attempts": .count, "tags": texts,
      "needs": .list(of: .choice(GuestNeed.self)), "pinned": .flag, "created_at": shownTime, "updated_at": shownTime,
    ],
    optional: [
      "service": .string, "duration_minutes": .count, "strategy": .choice(StrategyName.self),
      "flow": .choice(AssignmentFlow.self), "reason": .choice(OutcomeReason.self), "zone": .string,
      "review_deadline": shownTime, "decision_id": .string, "undoable": .choice(UndoableAction.self),
      "guest": .ref("Guest"),
    ])

  /// A page of a list.
  static func page(_ name: String, of schema: String) -> JSONValue {
    let members: [JSONValue.Member] = [
      .init(key: name, value: .list(of: .ref(schema))), .init(key: "next", value: .string),
    ]
    return [
      "type": "object", "additionalProperties": false, "properties": .object(members), "required": [.string(name)],
    ]
  }

  private static let history = JSONValue.object([
    "history": .list(
      of: .object(
        [
          "version": .count, "to_state": .choice(AssignmentState.self), "mode": .choice(HistoryMode.self),
          "actor": .string, "cause": .string,
          "metadata": ["type": "object", "additionalProperties": .string], "created_at": shownTime,
        ], optional: ["from_state": .choice(AssignmentState.self), "reason": .string]))
  ])

  private static let attempts = JSONValue.object([
    "attempts": .list(
      of: .object(
        [
          "attempt_no": .count, "result": .choice(["success", "failure"]), "metadata": anyObject,
          "created_at": shownTime,
        ], optional: ["strategy": .choice(StrategyName.self), "reason": .choice(OutcomeReason.self)]))
  ])

  private static let explanation = JSONValue.object(
    ["booking_id": .identifier, "tables": texts, "text": .string],
    optional: ["strategy": .choice(StrategyName.self), "decision_id": .string, "decision": anyObject])

  private static let notices = JSONValue.object([
    "notices": .list(
      of: .object([
        "id": .string, "version": .count, "kind": .choice(NoticeKind.self),
        "status": .choice(["pending", "delivered", "withdrawn"]), "due_at": shownTime, "deliveries": .count,
      ]))
  ])

  private static let hold = JSONValue.object(
    [
      "id": .identifier, "restaurant_id": .identifier, "party_size": .count, "start": shownTime, "end": shownTime,
      "tables": texts, "expires_at": shownTime,
    ], optional: ["service": .string])

  private static let suggestion = JSONValue.object([
    "tables": texts, "spare_seats": .count, "why": .string,
    "moves": JSONValue.list(of: .ref("DayMove")).adding([
      "description": "Bookings that change tables first; a force confirm takes them as `moves`, with `to` as `tables`."
    ]),
    "needs_squeeze": JSONValue.flag.adding(["description": "Take it with a squeeze, not with a force confirm."]),
  ])

  private static let reviewItem = JSONValue.object([
    "booking": .ref("Booking"), "alert_at": shownTime, "alerting": .flag,
    "suggested_tables": .list(of: .ref("TableSuggestion")),
    "suggested_times": .list(of: .ref("AvailableTime")),
  ])
}
