import BookingDomain
import HeadwaiterAPI

/// The machine itself, and problems.
extension Schemas {
  static let service: [Named] = [
    ("StateMachine", stateMachine), ("Health", health), ("OpenAPI", anyObject), ("Demo", anyObject), ("Flag", flag),
    ("FlagOverride", flagOverride),
    (
      "Flags",
      .object([
        "flags": .list(of: .ref("Flag")), "overrides": .list(of: .ref("FlagOverride")), "epoch": .count,
      ])
    ), ("Configuration", configuration),
    ("Breaker", breaker), ("Breakers", .object(["breakers": .list(of: .ref("Breaker"))])), ("Problem", problem),
  ]

  private static let stateMachine = JSONValue.object([
    "states": .list(
      of: .object(
        ["name": .choice(AssignmentState.self), "ends_automatic_work": .flag], optional: ["deadline_seconds": .count])),
    "transitions": .list(
      of: .object([
        "from": .choice(AssignmentState.self), "to": .choice(AssignmentState.self),
        "actor": .choice(TransitionActor.self), "causes": .list(of: .choice(TransitionCause.self)),
      ])),
    "statuses": .list(
      of: .object(["name": .choice(BookingStatus.self), "may_become": .list(of: .choice(BookingStatus.self))])),
  ])

  private static let health = JSONValue.object(
    [
      "verdict": .choice(HealthVerdict.self), "reasons": texts, "bookings": .count, "ended": .count,
      "confirmed": .count, "reviewed": .count, "failed": .count, "refused": .count, "full_house": .count,
      "unknown": .count, "eligible": .count, "errors": .count, "stuck": .count,
    ],
    optional: [
      "confirmation_rate": .number(0...1), "review_rate": .number(0...1), "error_rate": .number(0...1),
      "raw_confirmation_rate": .number(0...1),
    ])

  private static let breaker = JSONValue.object(
    ["name": .breaker, "position": .choice(["closed", "open", "half_open"])],
    optional: [
      "open_seconds": .count,
      "forced": .object([
        "position": .choice(BreakerForceBody.Position.self), "reason": .string, "actor": .string, "at": shownTime,
      ]),
    ])

  private static let flag = JSONValue.object([
    "name": .choice(FlagName.self), "value": .string, "decided_by": .list(of: .string),
    "sources": .list(of: .object(["source": .string, "value": .string])),
  ])

  private static let flagOverride = JSONValue.object(
    ["name": .string, "value": .string, "reason": .string, "actor": .string, "at": shownTime],
    optional: ["restaurant_id": .identifier])

  private static let configuration = JSONValue.object([
    "version": .string, "keys_required": .flag,
    "entries": .list(of: .object(["name": .string, "value": .string, "source": .string])),
    "flags": .list(of: .ref("Flag")),
  ])

  private static let problem = JSONValue.object(
    ["type": ["type": "string", "format": "uri-reference"], "title": .string, "status": .count, "code": .string],
    optional: [
      "detail": .string, "pointer": .string, "parameter": .string, "value": .string, "allowed": .string,
      "errors": .list(
        of: .object(
          ["pointer": .string, "detail": .string],
          optional: ["value": .string, "allowed": .string, "suggestion": .string])),
      "alternatives": .list(of: .ref("AvailableTime")), "booking": .ref("Booking"), "booking_ids": texts,
      "revision": .count, "transition": .object(["from": .string, "to": .string, "allowed": texts]),
      "missing": texts, "retry_after_seconds": .count,
    ])
}
