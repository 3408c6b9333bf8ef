import BookingDomain

/// A rollout: its phases in order, and what holds for all of them.
public struct RolloutPlan: Sendable, Hashable, Codable {
  /// Never empty; names are unique.
  public var phases: [RolloutPhase]
  /// Criteria of every phase.
  public var criteria: [CriterionRule]
  public var rollback: RollbackRules

  public init(phases: [RolloutPhase], criteria: [CriterionRule], rollback: RollbackRules = RollbackRules()) {
    self.phases = phases
    self.criteria = criteria
    self.rollback = rollback
  }

  public func index(of name: String) -> Int? { phases.firstIndex { $0.name == name } }
  public func phase(_ name: String) -> RolloutPhase? { phases.first { $0.name == name } }

  /// The same of a name that somebody gave.
  /// - Throws: ``RolloutRefusal/unknownPhase(_:allowed:suggestion:)``.
  public func named(_ name: String) throws(RolloutRefusal) -> RolloutPhase {
    if let phase = phase(name) { return phase }
    let names = phases.map(\.name)
    throw .unknownPhase(name, allowed: names, suggestion: Spelling.closest(to: name, in: names))
  }

  /// The phase after another, the first of all for nil; nil after the last and for an unknown name.
  public func phase(after name: String?) -> RolloutPhase? {
    guard let name else { return phases.first }
    guard let index = index(of: name), index + 1 < phases.count else { return nil }
    return phases[index + 1]
  }

  /// The phase before another, in the same environment: a rollback never crosses to another one.
  public func phase(before name: String) -> RolloutPhase? {
    guard let index = index(of: name), index > 0, phases[index - 1].environment == phases[index].environment else {
      return nil
    }
    return phases[index - 1]
  }

  /// What a phase is judged by: the criteria of every phase, where it has no limit of its own for them, then its own.
  public func criteria(of phase: RolloutPhase) -> [CriterionRule] {
    let own = Set(phase.also.map(\.kind))
    return criteria.filter { !own.contains($0.kind) } + phase.also
  }
}
