public import BookingDomain
public import Rollout

/// Something that happened in a rollout, kept for good: events are deleted by age, these are not.
public struct RolloutRecord: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// A plan was put in force, or another one in its place.
    case planned
    /// A phase's flags were set, as the gate allowed.
    case advanced
    /// The same, whatever the gate said.
    case forced
    /// Every live instance has the flags.
    case entered
    case held, resumed, aborted
    case rolledBack = "rolled_back"
    case restaurantOut = "restaurant_out"
    case signedOff = "signed_off"
    case incident
    case knownIssue = "known_issue"
    case drillStarted = "drill_started"
    case drill
    /// A drill that another change ended.
    case drillStopped = "drill_stopped"
    /// What the gate said of a run when it was to be left, or ended.
    case gateEvaluated = "gate_evaluated"
    case cleanupChecklist = "cleanup_checklist"
  }

  /// What belongs to it; each kind has some of it.
  public struct Content: Sendable, Hashable, Codable {
    /// Reason of a hold, an abort or a force; text of an incident or issue.
    public var text: String?
    public var level: IncidentLevel?
    public var finding: RollbackFinding?
    public var drill: DrillResult?
    /// Of a gate: every criterion, and what was measured.
    public var results: [CriterionResult]?
    public var figures: PhaseFigures?
    public var checklist: [String]?
    public var plan: RolloutPlan?

    public init(text: String? = nil) { self.text = text }
  }

  public var kind: Kind
  /// The rollout's revision that it came with; several records may share one. Set by the store.
  public var revision: Int
  /// Nil before the first run.
  public var run: Int?
  public var phase: String?
  public var by: RolloutActor
  public var at: Timestamp
  public var content: Content

  public init(
    _ kind: Kind, run: PhaseRun?, by: RolloutActor, at: Timestamp, content: Content = Content(), revision: Int = 0
  ) {
    self.kind = kind
    self.revision = revision
    self.run = run?.number
    phase = run?.phase
    self.by = by
    self.at = at
    self.content = content
  }

  /// As a row has it.
  public init(
    _ kind: Kind, revision: Int, run: Int?, phase: String?, by: RolloutActor, at: Timestamp, content: Content
  ) {
    self.kind = kind
    self.revision = revision
    self.run = run
    self.phase = phase
    self.by = by
    self.at = at
    self.content = content
  }
}
