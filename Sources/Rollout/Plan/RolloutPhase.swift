public import BookingDomain

/// Where a phase runs.
public enum RolloutEnvironment: String, Sendable, Codable, CaseIterable { case staging, production }

/// One step of a rollout: what is switched on, for whom, and what must hold before the next.
public struct RolloutPhase: Sendable, Hashable, Codable {
  /// Unique within the plan.
  public var name: String
  public var environment: RolloutEnvironment
  /// What the phase sets of V3; nil leaves it unset, which is not `false`.
  public var pipelineV3: Bool?
  public var shadow: Bool
  /// Percent of restaurants for V3, 0…100; nil where V3 is not set.
  public var sharePercent: Int?
  /// Time that the phase must have run; 0 for none.
  public var leastHours: Int
  /// Eligible bookings that it must have seen; 0 for none.
  public var leastBookings: Int
  /// Criteria beside those of every phase.
  public var also: [CriterionRule]
  /// Who signs it off before the next phase.
  public var signedOffBy: [Role]
  public var automaticRollback: Bool
  /// Whether entering it writes the clean-up checklist.
  public var writesCleanupChecklist: Bool

  public init(
    name: String, environment: RolloutEnvironment, pipelineV3: Bool? = nil, shadow: Bool = false,
    sharePercent: Int? = nil, leastHours: Int = 0, leastBookings: Int = 0, also: [CriterionRule] = [],
    signedOffBy: [Role] = [], automaticRollback: Bool = false, writesCleanupChecklist: Bool = false
  ) {
    self.name = name
    self.environment = environment
    self.pipelineV3 = pipelineV3
    self.shadow = shadow
    self.sharePercent = sharePercent
    self.leastHours = leastHours
    self.leastBookings = leastBookings
    self.also = also
    self.signedOffBy = signedOffBy
    self.automaticRollback = automaticRollback
    self.writesCleanupChecklist = writesCleanupChecklist
  }

  /// Whether V3 decides nothing here, so that shadow's outcomes are judged.
  public var isShadowOnly: Bool { pipelineV3 != true && shadow }

  /// The flags that entering the phase sets for all.
  public var flags: FlagSettings { FlagSettings(pipelineV3: pipelineV3, shadow: shadow) }
}
