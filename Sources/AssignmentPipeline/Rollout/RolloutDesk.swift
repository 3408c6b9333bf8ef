public import AssignmentStore
public import BookingDomain
public import Rollout

/// The rollout: what it says, and what people do about it (product specification §9).
///
/// Every change is stored in one transaction with the flags that it sets, its events and its records, and is refused when the
/// rollout has changed since it was read.
public protocol RolloutDesk: Sendable {
  /// Phase, criteria, what is missing, how near automatic rollback is, and what to do next.
  func report(_ caller: Caller) async throws(DeskError) -> RolloutReport
  /// State and plan alone, without measuring anything.
  func stored(_ caller: Caller) async throws(DeskError) -> StoredRollout
  /// Carries out what a person asks for. `arrived` and `drill` are the program's own, see ``drill(_:)``.
  func perform(_ command: RolloutCommand, _ request: RolloutRequest) async throws(DeskError) -> RolloutReport
  /// Begins a timed drill: V3 off, until no instance has a booking under way in it, and on again. It ends by itself.
  func drill(_ request: RolloutRequest) async throws(DeskError) -> RolloutReport
  /// Puts another plan in force, in the middle of a rollout.
  func replacePlan(
    _ plan: RolloutPlan, reason: String, _ request: RolloutRequest
  ) async throws(DeskError) -> RolloutReport
  /// What happened, oldest first: the last `limit`.
  func history(limit: Int, _ caller: Caller) async throws(DeskError) -> [RolloutRecord]
}

/// What a change of the rollout carries besides its content.
public struct RolloutRequest: Sendable {
  public var caller: Caller
  /// The revision that the caller has seen (`If-Match`); nil takes whatever is there.
  public var expectedRevision: Int?
  public var start: Start

  public init(caller: Caller, expectedRevision: Int? = nil, start: Start = Start()) {
    self.caller = caller
    self.expectedRevision = expectedRevision
    self.start = start
  }

  /// What a rollout begins with: for the first advance, and the first after an abort.
  public struct Start: Sendable {
    /// The plan that is then in force; unless set the one that was put in force before, else the built-in one.
    public var plan: RolloutPlan?
    /// Takes its phases of one environment alone.
    public var environment: RolloutEnvironment?

    public init(plan: RolloutPlan? = nil, environment: RolloutEnvironment? = nil) {
      self.plan = plan
      self.environment = environment
    }
  }
}

/// Who may do what of a rollout; the API and the command line with a key say the same.
public enum RolloutRoles {
  /// Every role of a key that has to do with it.
  public static let readers: Set<Role> = [
    .operator, .qaLead, .engineeringLead, .onCallEngineer, .productOwner, .admin,
  ]
  /// Advance, hold, resume, abort, force, drill, and another plan.
  public static let movers: Set<Role> = [.engineeringLead, .onCallEngineer, .admin]
  /// Record incidents and known issues, and sign off; whose sign-off a phase asks for is the plan's to say.
  public static let witnesses = readers

  /// Who may carry out a command.
  public static func may(_ command: RolloutCommand) -> Set<Role> {
    switch command {
    case .signOff, .incident, .knownIssue: witnesses
    case .advance, .arrived, .hold, .resume, .abort, .force, .drill: movers
    }
  }
}

extension RolloutPlan {
  /// The same plan with the phases of one environment alone, for a database that has no other.
  public func only(_ environment: RolloutEnvironment) -> RolloutPlan {
    RolloutPlan(phases: phases.filter { $0.environment == environment }, criteria: criteria, rollback: rollback)
  }
}
