import BookingDomain

extension RolloutPlanFile {
  /// The file of a plan, which reads back as the same plan.
  public static func encode(_ plan: RolloutPlan) -> [UInt8] {
    JSONWriter.write(
      object([
        "criteria": criteria(plan.criteria), "phases": JSONTree(.array(plan.phases.map(phase))),
        "rollback": rollback(plan.rollback),
      ]))
  }

  private static func phase(_ phase: RolloutPhase) -> JSONTree {
    object([
      "name": JSONTree(.string(phase.name)), "environment": JSONTree(.string(phase.environment.rawValue)),
      "v3": phase.pipelineV3.map { JSONTree(.bool($0)) }, "shadow": JSONTree(.bool(phase.shadow)),
      "share": phase.sharePercent.map { number(Double($0)) },
      "at_least": atLeast(phase), "also": phase.also.isEmpty ? nil : criteria(phase.also),
      "signed_off_by": JSONTree(.array(phase.signedOffBy.map { JSONTree(.string($0.rawValue)) })),
      "automatic_rollback": JSONTree(.bool(phase.automaticRollback)),
      "cleanup_checklist": phase.writesCleanupChecklist ? JSONTree(.bool(true)) : nil,
    ])
  }

  private static func atLeast(_ phase: RolloutPhase) -> JSONTree? {
    guard phase.leastHours > 0 || phase.leastBookings > 0 else { return nil }
    return object([
      "hours": phase.leastHours > 0 ? number(Double(phase.leastHours)) : nil,
      "bookings": phase.leastBookings > 0 ? number(Double(phase.leastBookings)) : nil,
    ])
  }

  private static func criteria(_ rules: [CriterionRule]) -> JSONTree {
    JSONTree(
      .array(rules.map { object(["criterion": JSONTree(.string($0.kind.rawValue)), "limit": number($0.limit)]) }))
  }

  private static func rollback(_ rules: RollbackRules) -> JSONTree {
    object([
      "error": object([
        "on": JSONTree(.bool(rules.error.isOn)), "above_percent": number(rules.error.abovePercent),
        "window_minutes": number(Double(rules.error.windowMinutes)),
        "at_least": number(Double(rules.error.leastEligible)),
      ]),
      "review": object([
        "on": JSONTree(.bool(rules.review.isOn)), "above_percent": number(rules.review.abovePercent),
        "last": number(Double(rules.review.lastEligible)),
      ]),
      "breaker": object([
        "on": JSONTree(.bool(rules.breaker.isOn)), "open_seconds": number(Double(rules.breaker.openSeconds)),
      ]),
      "incident": object(["on": JSONTree(.bool(rules.incident.isOn))]),
      "restaurant": object([
        "on": JSONTree(.bool(rules.restaurant.isOn)), "above_percent": number(rules.restaurant.abovePercent),
        "at_least": number(Double(rules.restaurant.leastEligible)),
      ]),
    ])
  }

  private static func object(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
    JSONTree(.object(members.compactMap { key, value in value.map { JSONTree.Member(key, $0) } }))
  }

  /// Every number of a plan is finite.
  private static func number(_ value: Double) -> JSONTree {
    JSONTree(.number(Int(exactly: value).map { "\($0)" } ?? "\(value)"))
  }
}
