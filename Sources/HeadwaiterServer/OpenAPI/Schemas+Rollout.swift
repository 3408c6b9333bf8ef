import HeadwaiterAPI
import Rollout

/// The rollout.
extension Schemas {
  static let rollout: [Named] = [
    ("RolloutAdvance", .request([:], optional: ["environment": .choice(RolloutLimits.environments)])),
    ("RolloutReason", .object(["reason": .text(RolloutLimits.text)])),
    ("RolloutForce", .request(["reason": .text(RolloutLimits.text)], optional: ["phase": .text(1...64)])),
    ("RolloutSignOff", .object(["run": .integer(1...1_000_000)])),
    (
      "RolloutIncident",
      .object(["level": .choice(RolloutLimits.levels), "text": .text(RolloutLimits.text)])
    ), ("RolloutText", .object(["text": .text(RolloutLimits.text)])), ("RolloutPlan", plan),
    ("RolloutFlow", flow),
    ("RolloutNote", note), ("RolloutCriterion", criterion), ("RolloutHistory", history), ("Rollout", body),
  ]

  /// Its content is told by the page on the rollout; what is wrong with it is told by place.
  private static let plan: JSONValue = [
    "type": "object", "additionalProperties": false, "required": ["criteria", "phases"],
    "properties": [
      "criteria": .list(of: anyObject), "phases": .list(of: anyObject), "rollback": anyObject,
    ],
  ]

  private static let verdicts = JSONValue.choice(CriterionVerdict.self)

  private static let note = JSONValue.object(
    ["run": .count, "at": shownTime],
    optional: [
      "by": .string, "role": .string, "level": .string, "restaurant_id": .identifier, "text": .string,
    ])

  private static let criterion = JSONValue.object(
    [
      "name": .string, "sample": .count, "limit": ["type": "number"], "unit": .string, "verdict": verdicts,
      "sentence": .string,
    ],
    optional: [
      "value": ["type": "number"], "bound": ["type": "number"], "enough_data_seconds": ["type": "number"],
    ])

  private static let flow = JSONValue.object(
    [
      "bookings": .count, "bookings_confirmed": .count, "eligible": .count, "confirmed": .count, "reviewed": .count,
      "errors": .count, "full_house": .count,
    ], optional: ["raw_confirmation_rate": .number(0...1)])

  private static let history = JSONValue.object([
    "records": .list(
      of: .object(
        ["kind": .string, "revision": .count, "at": shownTime, "by": .string, "role": .string],
        optional: ["run": .count, "phase": .string, "text": .string, "lines": texts]))
  ])

  private static let rollback = JSONValue.object(
    [
      "armed": .flag,
      "rules": .list(
        of: .object([
          "rule": .string, "value": ["type": "number"], "sample": .count, "needed": .count,
          "bound": ["type": "number"], "limit": ["type": "number"], "sentence": .string,
        ])),
    ], optional: ["reason": .string])

  private static let body = JSONValue.object(
    [
      "at": shownTime, "revision": .count, "status": .string,
      "flags": .object([
        "v3": .flag, "shadow": .flag, "share": .count, "kill_switch": .flag, "differences": texts,
      ]),
      "gate": .list(of: .ref("RolloutCriterion")), "may_advance": .flag, "missing": texts,
      "next_step": .object(["words": .string], optional: ["command": .string]), "rollback": rollback,
      "signers": texts, "sign_offs": .list(of: .ref("RolloutNote")), "incidents": .list(of: .ref("RolloutNote")),
      "known_issues": .list(of: .ref("RolloutNote")),
      "drills": .list(
        of: .object(["run": .count, "at": shownTime, "by": .string, "recovery_seconds": ["type": "number"]])),
      "restaurants_out": .list(of: .ref("RolloutNote")), "waiting_for": texts,
    ],
    optional: [
      "phase": .string, "environment": .string, "run": .count, "since": shownTime, "v3": .ref("RolloutFlow"),
      "legacy": .ref("RolloutFlow"),
      "stop": .object(["reason": .string, "by": .string, "at": shownTime]), "verdict": verdicts,
      "enough_data_seconds": ["type": "number"], "next_phase": .string, "drilling_since": shownTime,
    ])
}
