public import BookingDomain
public import Rollout

/// The verification report of one run of a phase (product specification §9), as plain values: gathered from stored data
/// alone, rendered as Markdown or HTML.
public struct VerificationReport: Sendable, Hashable, Codable {
  public var subject: Subject
  public var decision: Decision
  public var configuration = Configuration()
  public var criteria: [CriterionResult] = []
  public var budget = Budget()
  public var flows: [FlowCounts] = []
  public var hours: [HourCounts] = []
  public var latencies: [LatencyCounts] = []
  /// Waits for bookings' leases.
  public var leaseWaits = LeaseWaits()
  public var shadow: [ShadowCounts] = []
  public var states: [StateCount] = []
  public var transitions: [TransitionCount] = []
  public var reasons: [ReasonCount] = []
  public var tables: [TableUse] = []
  public var notices: [NoticeCount] = []
  /// Every edge case that is looked for, exercised or not.
  public var edgeCases: [EdgeCase] = []
  public var records = Records()

  public init(subject: Subject, decision: Decision) {
    self.subject = subject
    self.decision = decision
  }

  /// Whether all criteria pass, and the run was neither rolled back nor aborted.
  public var hasPassed: Bool { decision.verdict == .pass && subject.ending?.isStop != true }
}

extension VerificationReport {
  /// What the report is about.
  public struct Subject: Sendable, Hashable, Codable {
    public var phase: String
    public var environment: RolloutEnvironment
    public var run: Int
    public var from: Timestamp
    /// The end of the run, or the time of the report while it goes on.
    public var until: Timestamp
    /// How the run ended; nil while it goes on.
    public var ending: Ending?
    public var writtenAt: Timestamp
    /// Whether rates are those of shadow's outcomes.
    public var isShadowOnly: Bool

    public init(
      phase: String, environment: RolloutEnvironment, run: Int, from: Timestamp, until: Timestamp,
      ending: Ending? = nil, writtenAt: Timestamp, isShadowOnly: Bool = false
    ) {
      self.phase = phase
      self.environment = environment
      self.run = run
      self.from = from
      self.until = until
      self.ending = ending
      self.writtenAt = writtenAt
      self.isShadowOnly = isShadowOnly
    }
  }

  /// What was set, and by whom.
  public struct Configuration: Sendable, Hashable, Codable {
    /// Flags as they stand when the report is written.
    public var flags: [FlagLine] = []
    /// What the phase sets.
    public var phase: [String] = []
    public var instances: [InstanceLine] = []
    /// Changes of flags during the run.
    public var changes: [FlagChange] = []

    public init() {}
  }

  /// A flag with its value, who decided it, and who said what.
  public struct FlagLine: Sendable, Hashable, Codable {
    public var name: String
    public var value: String
    public var decidedBy: String
    public var said: String

    public init(name: String, value: String, decidedBy: String, said: String) {
      self.name = name
      self.value = value
      self.decidedBy = decidedBy
      self.said = said
    }
  }

  /// An instance, as it was last heard of.
  public struct InstanceLine: Sendable, Hashable, Codable {
    public var id: String
    public var role: String
    public var version: String
    public var isLive: Bool
    /// What its environment says of the flags.
    public var says: String

    public init(id: String, role: String, version: String, isLive: Bool, says: String) {
      self.id = id
      self.role = role
      self.version = version
      self.isLive = isLive
      self.says = says
    }
  }

  /// A change of a flag during the run.
  public struct FlagChange: Sendable, Hashable, Codable {
    public var at: Timestamp
    public var flag: String
    public var value: String
    public var actor: String
    public var reason: String

    public init(at: Timestamp, flag: String, value: String, actor: String, reason: String) {
      self.at = at
      self.flag = flag
      self.value = value
      self.actor = actor
      self.reason = reason
    }
  }

  /// What people and rules did in the run.
  public struct Records: Sendable, Hashable, Codable {
    /// Each role that the phase asks for, signed or not.
    public var signOffs: [SignOffLine] = []
    public var incidents: [Incident] = []
    public var knownIssues: [KnownIssue] = []
    public var drills: [RecordedDrill] = []
    /// The story of the run: advanced, held, rolled back …
    public var story: [StoryLine] = []

    public init() {}
  }

  /// A sign-off that is asked for.
  public struct SignOffLine: Sendable, Hashable, Codable {
    public var role: Role
    /// Nil while it is missing.
    public var by: String?
    public var at: Timestamp?

    public init(role: Role, by: String? = nil, at: Timestamp? = nil) {
      self.role = role
      self.by = by
      self.at = at
    }
  }

  /// Something that happened in the run.
  public struct StoryLine: Sendable, Hashable, Codable {
    public var at: Timestamp
    public var what: String
    public var by: String
    /// In words, such as a reason or what a rule found.
    public var text: String

    public init(at: Timestamp, what: String, by: String, text: String) {
      self.at = at
      self.what = what
      self.by = by
      self.text = text
    }
  }
}
