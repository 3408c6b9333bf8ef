/// What the doctor found when it looked at one thing.
public struct Examination: Sendable, Hashable, Encodable {
  /// How bad it is.
  public enum Verdict: String, Sendable, Encodable, CaseIterable, Comparable {
    case fine
    /// Could not be looked at, because of something else.
    case skipped
    /// Works, and a person should look at it.
    case finding
    /// Cannot work.
    case critical

    public static func < (lhs: Verdict, rhs: Verdict) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int { Verdict.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What was looked at, for example `migrations`.
  public var check: String
  public var verdict: Verdict
  public var detail: String
  /// What to do about it.
  public var advice: String?

  public init(_ check: String, _ verdict: Verdict, _ detail: String, advice: String? = nil) {
    self.check = check
    self.verdict = verdict
    self.detail = detail
    self.advice = advice
  }
}
