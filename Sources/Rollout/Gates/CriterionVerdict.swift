/// What a criterion says. Only ``pass`` lets a rollout advance.
public enum CriterionVerdict: String, Sendable, Codable, CaseIterable {
  case pass, fail
  /// Holds the rollout; never passes.
  case notEnoughData = "not_enough_data"

  /// As people read it; a failure is loud without colour too.
  public var words: String {
    switch self {
    case .pass: "pass"
    case .fail: "FAIL"
    case .notEnoughData: "not enough data"
    }
  }
}
