/// The rollout as it stands.
public struct RolloutBody: Codable, Sendable, Hashable {
  /// RFC 3339, as all times here.
  public var at: String
  /// Raised with every change; the answer's ETag.
  public var revision: Int
  /// `not_started`, `entered`, `holding`, `advancing`, `rolled_back` or `aborted`.
  public var status: String
  public var phase: String?
  public var environment: String?
  public var run: Int?
  /// When the run was entered.
  public var since: String?
  /// Why it holds, was aborted or rolled back, by whom and when.
  public var stop: RolloutStopBody?
  /// Effective, whatever the phase says.
  public var flags: RolloutFlagsBody
  /// How the flows did in the run; in phases with shadow alone, V3's are shadow's. Nil where no run goes on.
  public var v3: RolloutFlowBody?
  public var legacy: RolloutFlowBody?
  public var gate: [RolloutCriterionBody]
  /// `pass`, `fail` or `not_enough_data`; nil where no run goes on.
  public var verdict: String?
  /// Seconds until all criteria have enough data at the present rate; 0 if they have, nil if never.
  public var enoughDataSeconds: Double?
  public var mayAdvance: Bool
  /// Everything that is missing to advance.
  public var missing: [String]
  /// The phase that comes next.
  public var nextPhase: String?
  public var nextStep: RolloutStepBody
  public var rollback: RolloutRollbackBody
  /// Roles that have to sign the run off.
  public var signers: [String]
  public var signOffs: [RolloutNoteBody]
  public var incidents: [RolloutNoteBody]
  public var knownIssues: [RolloutNoteBody]
  public var drills: [RolloutDrillBody]
  /// When the drill under way began.
  public var drillingSince: String?
  public var restaurantsOut: [RolloutNoteBody]
  /// Live instances that do not heed the flags yet.
  public var waitingFor: [String]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case at, revision, status, phase, environment, run, since, stop, flags, v3, legacy, gate, verdict
    case enoughDataSeconds = "enough_data_seconds"
    case mayAdvance = "may_advance"
    case missing
    case nextPhase = "next_phase"
    case nextStep = "next_step"
    case rollback, signers
    case signOffs = "sign_offs"
    case incidents
    case knownIssues = "known_issues"
    case drills
    case drillingSince = "drilling_since"
    case restaurantsOut = "restaurants_out"
    case waitingFor = "waiting_for"
  }

  public init(at: String, revision: Int, status: String, flags: RolloutFlagsBody, nextStep: RolloutStepBody) {
    self.at = at
    self.revision = revision
    self.status = status
    self.flags = flags
    self.nextStep = nextStep
    gate = []
    mayAdvance = false
    missing = []
    rollback = RolloutRollbackBody(armed: false, reason: nil, rules: [])
    (signers, signOffs, incidents, knownIssues) = ([], [], [], [])
    (drills, restaurantsOut, waitingFor) = ([], [], [])
  }
}

public struct RolloutStopBody: Codable, Sendable, Hashable {
  public var reason: String
  public var by: String
  public var at: String

  public init(reason: String, by: String, at: String) {
    self.reason = reason
    self.by = by
    self.at = at
  }
}

/// What is in force.
public struct RolloutFlagsBody: Codable, Sendable, Hashable {
  public var v3: Bool
  public var shadow: Bool
  /// Percent of restaurants.
  public var share: Int
  public var killSwitch: Bool
  /// What an operator has set otherwise than the phase wants it, one line each.
  public var differences: [String]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case v3, shadow, share
    case killSwitch = "kill_switch"
    case differences
  }

  public init(v3: Bool, shadow: Bool, share: Int, killSwitch: Bool, differences: [String]) {
    self.v3 = v3
    self.shadow = shadow
    self.share = share
    self.killSwitch = killSwitch
    self.differences = differences
  }
}

/// A criterion; value, bound and limit in `unit`.
public struct RolloutCriterionBody: Codable, Sendable, Hashable {
  public var name: String
  public var value: Double?
  public var sample: Int
  public var bound: Double?
  public var limit: Double
  public var unit: String
  public var verdict: String
  public var sentence: String
  /// Seconds until there is enough data; 0 if there is, nil if never.
  public var enoughDataSeconds: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, value, sample, bound, limit, unit, verdict, sentence
    case enoughDataSeconds = "enough_data_seconds"
  }

  public init(
    name: String, value: Double?, sample: Int, bound: Double?, limit: Double, unit: String, verdict: String,
    sentence: String, enoughDataSeconds: Double?
  ) {
    self.name = name
    self.value = value
    self.sample = sample
    self.bound = bound
    self.limit = limit
    self.unit = unit
    self.verdict = verdict
    self.sentence = sentence
    self.enoughDataSeconds = enoughDataSeconds
  }
}

/// How a flow did: counts of bookings, and the raw rate beside those that gates go by.
public struct RolloutFlowBody: Codable, Sendable, Hashable {
  /// All, eligible or not, and those of them confirmed.
  public var bookings: Int
  public var bookingsConfirmed: Int
  /// Confirmed ÷ all bookings; nil without any.
  public var rawConfirmationRate: Double?
  /// Eligible and ended, and what became of them.
  public var eligible: Int
  public var confirmed: Int
  public var reviewed: Int
  public var errors: Int
  public var fullHouse: Int

  enum CodingKeys: String, CodingKey, CaseIterable {
    case bookings
    case bookingsConfirmed = "bookings_confirmed"
    case rawConfirmationRate = "raw_confirmation_rate"
    case eligible, confirmed, reviewed, errors
    case fullHouse = "full_house"
  }

  public init(
    bookings: Int, bookingsConfirmed: Int, rawConfirmationRate: Double?, eligible: Int, confirmed: Int, reviewed: Int,
    errors: Int, fullHouse: Int
  ) {
    self.bookings = bookings
    self.bookingsConfirmed = bookingsConfirmed
    self.rawConfirmationRate = rawConfirmationRate
    self.eligible = eligible
    self.confirmed = confirmed
    self.reviewed = reviewed
    self.errors = errors
    self.fullHouse = fullHouse
  }
}

/// What to do next.
public struct RolloutStepBody: Codable, Sendable, Hashable {
  public var words: String
  /// To copy; nil where there is nothing to do.
  public var command: String?

  public init(words: String, command: String?) {
    self.words = words
    self.command = command
  }
}

/// Whether automatic rollback watches, and how near each rule is.
public struct RolloutRollbackBody: Codable, Sendable, Hashable {
  public var armed: Bool
  /// Why it is not.
  public var reason: String?
  /// The nearest first.
  public var rules: [Rule]

  public init(armed: Bool, reason: String?, rules: [Rule]) {
    self.armed = armed
    self.reason = reason
    self.rules = rules
  }

  public struct Rule: Codable, Sendable, Hashable {
    public var rule: String
    public var value: Double
    public var sample: Int
    /// The least sample.
    public var needed: Int
    public var bound: Double
    public var limit: Double
    public var sentence: String

    public init(
      rule: String, value: Double, sample: Int, needed: Int, bound: Double, limit: Double, sentence: String
    ) {
      self.rule = rule
      self.value = value
      self.sample = sample
      self.needed = needed
      self.bound = bound
      self.limit = limit
      self.sentence = sentence
    }
  }
}

/// A sign-off, an incident, an issue or a restaurant that is out.
public struct RolloutNoteBody: Codable, Sendable, Hashable {
  public var run: Int
  public var at: String
  public var by: String?
  /// Of a sign-off.
  public var role: String?
  /// Of an incident.
  public var level: String?
  public var restaurantID: String?
  public var text: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case run, at, by, role, level
    case restaurantID = "restaurant_id"
    case text
  }

  public init(
    run: Int, at: String, by: String? = nil, role: String? = nil, level: String? = nil, restaurantID: String? = nil,
    text: String? = nil
  ) {
    self.run = run
    self.at = at
    self.by = by
    self.role = role
    self.level = level
    self.restaurantID = restaurantID
    self.text = text
  }
}

public struct RolloutDrillBody: Codable, Sendable, Hashable {
  public var run: Int
  public var at: String
  public var by: String
  public var recoverySeconds: Double

  enum CodingKeys: String, CodingKey, CaseIterable {
    case run, at, by
    case recoverySeconds = "recovery_seconds"
  }

  public init(run: Int, at: String, by: String, recoverySeconds: Double) {
    self.run = run
    self.at = at
    self.by = by
    self.recoverySeconds = recoverySeconds
  }
}

/// What happened, oldest first.
public struct RolloutHistoryBody: Codable, Sendable, Hashable {
  public var records: [Record]

  public init(records: [Record]) { self.records = records }

  public struct Record: Codable, Sendable, Hashable {
    public var kind: String
    public var revision: Int
    public var at: String
    public var run: Int?
    public var phase: String?
    public var by: String
    public var role: String
    /// In words.
    public var text: String?
    /// Lines of a gate or a checklist.
    public var lines: [String]?

    public init(
      kind: String, revision: Int, at: String, run: Int?, phase: String?, by: String, role: String, text: String?,
      lines: [String]?
    ) {
      self.kind = kind
      self.revision = revision
      self.at = at
      self.run = run
      self.phase = phase
      self.by = by
      self.role = role
      self.text = text
      self.lines = lines
    }
  }
}
