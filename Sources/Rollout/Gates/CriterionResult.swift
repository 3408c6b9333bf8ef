/// What a criterion found; value, bound and limit are in the unit of the criterion.
public struct CriterionResult: Sendable, Hashable, Codable {
  /// As in the rollout file; `least_time` and `least_bookings` for what the phase must have seen.
  public var name: String
  /// Nil when nothing was measured.
  public var value: Double?
  /// What the value was measured on: bookings, pairs, measurements or days.
  public var sample: Int
  /// The one-sided 95 % bound on the unfavourable side; nil for counts and times, which are not samples.
  public var bound: Double?
  public var limit: Double
  public var unit: CriterionKind.Unit
  public var verdict: CriterionVerdict
  /// One line in words.
  public var sentence: String

  public init(
    name: String, value: Double?, sample: Int, bound: Double?, limit: Double, unit: CriterionKind.Unit,
    verdict: CriterionVerdict, sentence: String
  ) {
    self.name = name
    self.value = value
    self.sample = sample
    self.bound = bound
    self.limit = limit
    self.unit = unit
    self.verdict = verdict
    self.sentence = sentence
  }
}
