import BookingDomain

/// What single values of a rollout file cannot tell: whether its phases make sense together.
struct RolloutPlanCheck {
  private let root: JSONObjectReader
  private let phases: [RolloutPhase]
  private let plan: RolloutPlan

  init(_ root: JSONObjectReader, phases: [RolloutPhase], criteria: [CriterionRule]) {
    self.root = root
    self.phases = phases
    plan = RolloutPlan(phases: phases, criteria: criteria)
  }

  /// Reports what is wrong. Runs only on phases that are right by themselves, whose places are then their numbers.
  func run() {
    guard root.problems.isEmpty else { return }
    for (index, phase) in phases.enumerated() {
      let place = "\(root.place("phases"))/\(index)"
      if let first = plan.index(of: phase.name), first < index {
        root.problems.add(
          "\(place)/name", value: "\"\(phase.name)\"", "is the name of another phase", allowed: "new names")
      }
      checkOrder(phase, index, place)
      checkCriteria(phase, place)
    }
  }

  private func checkOrder(_ phase: RolloutPhase, _ index: Int, _ place: String) {
    guard index > 0, phase.environment == .staging, phases[index - 1].environment == .production else { return }
    root.problems.add(
      "\(place)/environment", value: "\"staging\"", "comes after production", allowed: "staging before production")
  }

  private func checkCriteria(_ phase: RolloutPhase, _ place: String) {
    let kinds = Set(plan.criteria(of: phase).map(\.kind))
    if kinds.contains(.notWorseThanLegacy), !phase.isShadowOnly {
      root.problems.add(
        "\(place)/also", "not_worse_than_legacy compares what shadow compared",
        allowed: "in phases with shadow and without v3")
    }
    if kinds.contains(.notWorseThanBefore), plan.phase(before: phase.name)?.pipelineV3 != true {
      root.problems.add(
        "\(place)/also", "not_worse_than_before has nothing to compare with",
        allowed: "after a phase of the same environment with v3")
    }
  }
}
