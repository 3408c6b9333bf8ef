public import BookingDomain

/// Where a rollout stands, and what people and rules recorded on the way. Plain data, to be stored as JSON.
public struct RolloutState: Sendable, Hashable, Codable {
  public var status = RolloutStatus.notStarted
  /// Number of the last run; 0 before the first.
  public var lastRun = 0
  public var signOffs: [SignOff] = []
  public var incidents: [Incident] = []
  public var knownIssues: [KnownIssue] = []
  public var drills: [RecordedDrill] = []
  /// Forced to legacy alone by a rule, in order.
  public var restaurantsOut: [RestaurantOut] = []

  public init() {}

  /// The run that goes on, or that ended last; nil before the first.
  public var run: PhaseRun? {
    switch status {
    case .notStarted: nil
    case .entered(let run), .holding(let run, _), .aborted(let run, _): run
    case .advancing(let advance): advance.to
    case .rolledBack(let rollback): rollback.from
    }
  }

  /// The phase that resuming enters after a rollback.
  public var resumesAt: String? { if case .rolledBack(let rollback) = status { rollback.resumesAt } else { nil } }

  /// Roles that have signed a run off.
  public func signedOff(_ run: PhaseRun) -> Set<Role> { Set(signOffs.filter { $0.run == run.number }.map(\.role)) }

  /// The last drill of a run.
  public func drill(of run: PhaseRun) -> DrillResult? { drills.last { $0.run == run.number }?.result }

  /// Incidents P0 and P1 of a run, for ``PhaseFigures/seriousIncidents``.
  public func seriousIncidents(of run: PhaseRun) -> Int {
    incidents.count { $0.run == run.number && $0.level.isSerious }
  }
}

/// The states of a rollout.
public enum RolloutStatus: Sendable, Hashable, Codable {
  /// No run yet.
  case notStarted
  /// A phase runs and may advance when its gate says so.
  case entered(PhaseRun)
  /// A phase runs, and waits for a person to resume it.
  case holding(PhaseRun, Stop)
  /// Flags and share of a phase were set, and not every live instance has them yet.
  case advancing(Advance)
  /// A rule rolled back; a person must resume.
  case rolledBack(Rollback)
  /// A person ended the rollout; legacy has every restaurant.
  case aborted(PhaseRun, Stop)

  /// Why a person, or a rule in the name of `automatic rollback`, stopped it.
  public struct Stop: Sendable, Hashable, Codable {
    public var reason: String
    public var by: String
    public var at: Timestamp

    public init(reason: String, by: String, at: Timestamp) {
      self.reason = reason
      self.by = by
      self.at = at
    }
  }

  /// A step to another run.
  public struct Advance: Sendable, Hashable, Codable {
    /// Nil at the start.
    public var from: PhaseRun?
    public var to: PhaseRun

    public init(from: PhaseRun?, to: PhaseRun) {
      self.from = from
      self.to = to
    }
  }

  /// What a rule did.
  public struct Rollback: Sendable, Hashable, Codable {
    /// Whether it went one phase back and has not switched V3 off.
    public var leavesV3On: Bool { finding.outcome == .stepBack && resumesAt != from.phase }
    /// The run that it ended.
    public var from: PhaseRun
    /// The phase that resuming enters, in a new run: the same where V3 was switched off, else the one before.
    public var resumesAt: String
    public var finding: RollbackFinding
    public var at: Timestamp

    public init(from: PhaseRun, resumesAt: String, finding: RollbackFinding, at: Timestamp) {
      self.from = from
      self.resumesAt = resumesAt
      self.finding = finding
      self.at = at
    }
  }

  /// The run that a gate guards: of a phase that runs, held or not.
  public var runUnderGate: PhaseRun? {
    switch self {
    case .entered(let run), .holding(let run, _): run
    case .notStarted, .advancing, .rolledBack, .aborted: nil
    }
  }

  /// The run in which V3 may be at work, so that automatic rollback watches it. After a step back that is the run that was
  /// left: V3 still decides, for fewer restaurants.
  public var watchedRun: PhaseRun? {
    switch self {
    case .entered(let run), .holding(let run, _): run
    case .advancing(let advance): advance.to
    case .rolledBack(let rollback): rollback.leavesV3On ? rollback.from : nil
    case .notStarted, .aborted: nil
    }
  }

  /// Whether flags were set that not every live instance has yet.
  public var isAdvancing: Bool { if case .advancing = self { true } else { false } }

  /// The state's name, as refusals and the API show it.
  public var name: String {
    switch self {
    case .notStarted: "not_started"
    case .entered: "entered"
    case .holding: "holding"
    case .advancing: "advancing"
    case .rolledBack: "rolled_back"
    case .aborted: "aborted"
    }
  }
}
