public import BookingDomain

/// The rollout file: phases, criteria and rollback rules as an operator edits them.
public enum RolloutPlanFile {
  public static let keys = ["criteria", "phases", "rollback"]
  static let ruleKeys = ["error", "review", "breaker", "incident", "restaurant"]

  /// Reads a plan. A rollback rule or limit that is left out keeps its default.
  /// - Parameter source: name of the file for messages, or `body`.
  /// - Throws: everything that is wrong with it, or one problem if it is no JSON.
  public static func decode(_ bytes: [UInt8], source: String) throws(InputProblems) -> RolloutPlan {
    let tree = try JSONTree.parse(bytes, source: source)
    let problems = ProblemCollector(source: source)
    let plan = JSONObjectReader(tree, at: "", keys: keys, problems: problems).map(read)
    try problems.throwIfAny()
    guard let plan else {
      throw InputProblems(
        InputProblem(source: source, place: "line 1, column 1", message: "is no plan", allowed: "a rollout plan"))
    }
    return plan
  }

  private static func read(_ root: JSONObjectReader) -> RolloutPlan {
    let criteria = CriterionReader.list(root, "criteria", isRequired: true)
    let phases = root.requiredList("phases", count: 1...50).compactMap { tree, place in
      RolloutPhaseReader.phase(tree, at: place, problems: root.problems)
    }
    RolloutPlanCheck(root, phases: phases, criteria: criteria).run()
    return RolloutPlan(phases: phases, criteria: criteria, rollback: rollback(root))
  }

  private static func rollback(_ root: JSONObjectReader) -> RollbackRules {
    var rules = RollbackRules()
    guard let entry = root.object("rollback", keys: ruleKeys) else { return rules }
    if let rule = entry.object("error", keys: ["on", "above_percent", "window_minutes", "at_least"]) {
      rules.error.isOn = rule.bool("on", default: true)
      rules.error.abovePercent = rule.double("above_percent", 0.01...99) ?? rules.error.abovePercent
      rules.error.windowMinutes = rule.int("window_minutes", 1...1_440, default: rules.error.windowMinutes)
      rules.error.leastEligible = rule.int("at_least", 1...100_000, default: rules.error.leastEligible)
    }
    if let rule = entry.object("review", keys: ["on", "above_percent", "last"]) {
      rules.review.isOn = rule.bool("on", default: true)
      rules.review.abovePercent = rule.double("above_percent", 0.01...99) ?? rules.review.abovePercent
      rules.review.lastEligible = rule.int("last", 1...100_000, default: rules.review.lastEligible)
    }
    if let rule = entry.object("breaker", keys: ["on", "open_seconds"]) {
      rules.breaker.isOn = rule.bool("on", default: true)
      rules.breaker.openSeconds = rule.int("open_seconds", 1...86_400, default: rules.breaker.openSeconds)
    }
    if let rule = entry.object("incident", keys: ["on"]) { rules.incident.isOn = rule.bool("on", default: true) }
    if let rule = entry.object("restaurant", keys: ["on", "above_percent", "at_least"]) {
      rules.restaurant.isOn = rule.bool("on", default: true)
      rules.restaurant.abovePercent = rule.double("above_percent", 0.01...99) ?? rules.restaurant.abovePercent
      rules.restaurant.leastEligible = rule.int("at_least", 1...100_000, default: rules.restaurant.leastEligible)
    }
    return rules
  }
}
