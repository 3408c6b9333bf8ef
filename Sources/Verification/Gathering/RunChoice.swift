public import AssignmentStore
public import Rollout

/// Which run of a rollout a report is about.
public enum RunChoice: Sendable, Hashable {
  /// The one that goes on, or that ended last.
  case latest
  /// The last one of a phase.
  case phase(String)
  case number(Int)
}

/// Why there is no report.
public enum VerificationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The rollout has not begun.
  case noRun
  /// As the rollout itself says it, of a phase that the plan does not have.
  case refused(RolloutRefusal)
  case notEntered(String, entered: [String])
  case noSuchRun(Int, last: Int)
  case store(StoreError)

  public var description: String {
    switch self {
    case .noRun: "the rollout has not begun: there is no run to verify; `headwaiter rollout advance` begins it"
    case .refused(let refusal): "\(refusal)"
    case .notEntered(let name, let entered):
      "the phase \(name) has not been entered; there are runs of \(entered.joined(separator: ", "))"
    case .noSuchRun(let number, let last): "there is no run \(number); allowed: 1 to \(last)"
    case .store(let error): "\(error)"
    }
  }
}
