import BookingDomain

extension RolloutTurn {
  /// An event of the rollout, with phase, run and who caused it. Texts of incidents and issues stay in the state.
  func event(
    _ type: String, _ run: PhaseRun?, severity: ObservabilityEvent.Severity = .info,
    _ context: [String: EventValue] = [:], restaurant: RestaurantID? = nil
  ) -> ObservabilityEvent {
    var context = context
    context["by"] = .string(actor.name)
    context["phase"] = run.map { .string($0.phase) }
    context["run"] = run.map { .int($0.number) }
    return ObservabilityEvent(
      .rollout, type, severity: severity, restaurantID: restaurant, context: context, at: moment.now)
  }

  /// - Parameter reason: of a forced step; nil where the gate let it through.
  func gateEvent(_ run: PhaseRun?, missing: [RolloutRefusal.Missing], reason: String?) -> ObservabilityEvent {
    var context: [String: EventValue] = ["result": reason == nil ? "pass" : "forced"]
    if let reason { context["reason"] = .string(reason) }
    if !missing.isEmpty { context["missing"] = .list(missing.map { .string($0.description) }) }
    return event("rollout.gate_evaluated", run, severity: reason == nil ? .info : .warning, context)
  }

  func rollbackEvent(_ finding: RollbackFinding, _ run: PhaseRun, resumesAt: String?) -> ObservabilityEvent {
    var context: [String: EventValue] = [
      "rule": .string(finding.rule.rawValue), "outcome": .string(finding.outcome.rawValue),
      "sample": .int(finding.sample), "sentence": .string(finding.sentence),
    ]
    context["value"] = finding.value.map { .double($0) }
    context["bound"] = finding.bound.map { .double($0) }
    context["limit"] = finding.limit.map { .double($0) }
    context["resumes_at"] = resumesAt.map { .string($0) }
    return event("rollout.rolled_back", run, severity: .error, context, restaurant: finding.restaurant)
  }
}
