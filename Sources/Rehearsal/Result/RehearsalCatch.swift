public import Rollout

/// What caught a fault, or kept a rollout from going on.
public enum RehearsalCatch: Sendable, Hashable, CustomStringConvertible {
  /// Nothing: the rollout went through.
  case none
  /// A criterion that did not pass, to the end or for the whole time of a fault.
  case gate(criterion: String, verdict: CriterionVerdict)
  case rollback(RollbackFinding.Rule)

  /// As scenario files name it.
  public var name: String {
    switch self {
    case .none: "none"
    case .gate(let criterion, _): "gate:\(criterion)"
    case .rollback(let rule): "rollback:\(rule.rawValue)"
    }
  }

  public var description: String {
    switch self {
    case .gate(_, .notEnoughData): "\(name) (\(CriterionVerdict.notEnoughData.words))"
    default: name
    }
  }

  /// All names.
  public static let names =
    ["none", "gate:least_time", "gate:least_bookings"] + CriterionKind.allCases.map { "gate:\($0.rawValue)" }
    + RollbackFinding.Rule.allCases.map { "rollback:\($0.rawValue)" }
}
