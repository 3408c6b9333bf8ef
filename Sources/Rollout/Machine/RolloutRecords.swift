public import BookingDomain

/// One run of a phase. A phase that is entered again, as after a rollback, has a new run with a new number.
public struct PhaseRun: Sendable, Hashable, Codable {
  /// From 1, over all phases; never used again.
  public var number: Int
  public var phase: String
  public var enteredAt: Timestamp

  public init(number: Int, phase: String, enteredAt: Timestamp) {
    self.number = number
    self.phase = phase
    self.enteredAt = enteredAt
  }
}

/// Who did something: the name and role of the API key.
public struct RolloutActor: Sendable, Hashable, Codable {
  public var name: String
  public var role: Role

  public init(name: String, role: Role) {
    self.name = name
    self.role = role
  }
}

/// A sign-off of one run.
public struct SignOff: Sendable, Hashable, Codable {
  public var role: Role
  public var by: String
  public var run: Int
  public var at: Timestamp

  public init(role: Role, by: String, run: Int, at: Timestamp) {
    self.role = role
    self.by = by
    self.run = run
    self.at = at
  }
}

/// How bad an incident is; P0 is the worst.
public enum IncidentLevel: String, Sendable, Codable, CaseIterable {
  case p0 = "P0"
  case p1 = "P1"
  case p2 = "P2"
  case p3 = "P3"

  /// Whether it fails a gate and rolls back.
  public var isSerious: Bool { self == .p0 || self == .p1 }
}

/// An incident during a run.
public struct Incident: Sendable, Hashable, Codable {
  public var level: IncidentLevel
  public var text: String
  public var by: String
  public var run: Int
  public var at: Timestamp

  public init(level: IncidentLevel, text: String, by: String, run: Int, at: Timestamp) {
    self.level = level
    self.text = text
    self.by = by
    self.run = run
    self.at = at
  }
}

/// Something known that does not stop the rollout; for the report.
public struct KnownIssue: Sendable, Hashable, Codable {
  public var text: String
  public var by: String
  public var run: Int
  public var at: Timestamp

  public init(text: String, by: String, run: Int, at: Timestamp) {
    self.text = text
    self.by = by
    self.run = run
    self.at = at
  }
}

/// A drill of one run.
public struct RecordedDrill: Sendable, Hashable, Codable {
  public var result: DrillResult
  public var by: String
  public var run: Int

  public init(result: DrillResult, by: String, run: Int) {
    self.result = result
    self.by = by
    self.run = run
  }
}

/// A restaurant that a rule forced to legacy alone, and in which run: in another one it is judged anew.
public struct RestaurantOut: Sendable, Hashable, Codable {
  public var restaurant: RestaurantID
  public var run: Int
  public var finding: RollbackFinding
  public var at: Timestamp

  public init(restaurant: RestaurantID, run: Int, finding: RollbackFinding, at: Timestamp) {
    self.restaurant = restaurant
    self.run = run
    self.finding = finding
    self.at = at
  }
}
