public import BookingDomain
public import Rollout

/// The rollout as it stands in the database.
public struct StoredRollout: Sendable, Hashable {
  /// Raised with every change; 0 before the first.
  public var revision: Int
  public var state: RolloutState
  /// In force since the rollout first advanced; nil before.
  public var plan: RolloutPlan?
  /// The drill under way.
  public var drill: RunningDrill?
  /// Of the flags, since the rollout last changed them: an instance that heeds this one or a later one has them.
  public var flagsEpoch: Int64
  /// Whether the kill switch is on now.
  public var isKilled: Bool
  /// Of the last change.
  public var updatedAt: Timestamp?

  public init(
    revision: Int = 0, state: RolloutState = RolloutState(), plan: RolloutPlan? = nil, drill: RunningDrill? = nil,
    flagsEpoch: Int64 = 0, isKilled: Bool = false, updatedAt: Timestamp? = nil
  ) {
    self.revision = revision
    self.state = state
    self.plan = plan
    self.drill = drill
    self.flagsEpoch = flagsEpoch
    self.isKilled = isKilled
    self.updatedAt = updatedAt
  }
}

/// A rollback drill under way: V3 is off, and its time is taken. Stored, so that whoever is alive switches V3 on again.
public struct RunningDrill: Sendable, Hashable, Codable {
  /// The run that it is of.
  public var run: Int
  public var by: RolloutActor
  /// When V3 was switched off.
  public var startedAt: Timestamp

  public init(run: Int, by: RolloutActor, startedAt: Timestamp) {
    self.run = run
    self.by = by
    self.startedAt = startedAt
  }
}

/// One run of a phase, with what was set for it; for figures, and for whoever looks back.
public struct RolloutRun: Sendable, Hashable {
  /// How a run ended.
  public enum Ending: String, Sendable, Codable, CaseIterable {
    /// Another phase was entered, as the gate allowed or by force.
    case left
    case rolledBack = "rolled_back"
    case aborted
  }

  public var number: Int
  public var phase: String
  public var environment: RolloutEnvironment
  /// Whether V3 decided for the restaurants of the share; false where legacy decided for all.
  public var decidesV3: Bool
  public var shadow: Bool
  /// Percent of restaurants for V3; 0 where it decided nothing.
  public var sharePercent: Int
  /// When its flags were set.
  public var decidedAt: Timestamp
  /// When every live instance had them; nil until then.
  public var enteredAt: Timestamp?
  /// Nil while it goes on.
  public var endedAt: Timestamp?
  public var ending: Ending?

  public init(
    number: Int, phase: String, environment: RolloutEnvironment, decidesV3: Bool, shadow: Bool, sharePercent: Int,
    decidedAt: Timestamp, enteredAt: Timestamp? = nil, endedAt: Timestamp? = nil, ending: Ending? = nil
  ) {
    self.number = number
    self.phase = phase
    self.environment = environment
    self.decidesV3 = decidesV3
    self.shadow = shadow
    self.sharePercent = sharePercent
    self.decidedAt = decidedAt
    self.enteredAt = enteredAt
    self.endedAt = endedAt
    self.ending = ending
  }

  /// Whether rates of it are those of shadow's outcomes.
  public var isShadowOnly: Bool { !decidesV3 && shadow }
}
