/// What a criterion says. Only ``pass`` lets a rollout advance.
public enum CriterionVerdict: String, Sendable, Codable, CaseIterable {
  case pass, fail
  /// Holds the rollout; never passes.
  case notEnoughData = "not_enough_data"
}
