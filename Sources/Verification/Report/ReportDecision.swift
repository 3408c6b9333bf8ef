public import Rollout

extension VerificationReport {
  /// How a run ended.
  public struct Ending: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
      /// As the gate allowed.
      case advanced
      /// Whatever the gate said.
      case forced
      case rolledBack = "rolled_back"
      case aborted
    }

    public var kind: Kind
    /// The phase that was entered after it; nil after a rollback or an abort.
    public var next: String?
    /// Of a rollback: the rule that ended the run, then those that fired before somebody resumed.
    public var findings: [RollbackFinding] = []
    /// The phase that resuming enters, while nobody has resumed after a rollback.
    public var resumesAt: String?
    /// Who advanced, forced or aborted; nil after a rollback.
    public var by: String?
    /// Why it was forced or aborted.
    public var reason: String?

    public init(_ kind: Kind) { self.kind = kind }

    /// Whether the phase was stopped, and not left for another one.
    public var isStop: Bool { kind == .rolledBack || kind == .aborted }
  }

  /// What percentiles are held against, in milliseconds (P95); nil where the plan says nothing.
  public struct Budget: Sendable, Hashable, Codable {
    /// From making a booking to its end.
    public var latency: Double?
    /// For a booking's lease.
    public var leaseWait: Double?

    public init(latency: Double? = nil, leaseWait: Double? = nil) {
      self.latency = latency
      self.leaseWait = leaseWait
    }
  }

  /// What the gate says.
  public struct Decision: Sendable, Hashable, Codable {
    /// Of all criteria together.
    public var verdict: CriterionVerdict
    /// What else keeps a run that goes on from being left, in words, such as a sign-off.
    public var missing: [String]
    /// Who holds it, and why; nil unless it is held.
    public var held: RolloutStatus.Stop?
    /// The phase that an advance would enter; nil after the last one, and where the run has ended.
    public var next: String?

    public init(_ verdict: CriterionVerdict, missing: [String] = []) {
      self.verdict = verdict
      self.missing = missing
    }
  }
}
