public import BookingDomain

/// The state machine's own tables, so that clients can mirror it.
public struct StateMachineBody: Codable, Sendable {
  public var states: [StateBody]
  public var transitions: [TransitionBody]
  public var statuses: [StatusBody]

  public init() {
    states = AssignmentState.allCases.map(StateBody.init)
    transitions = TransitionTable.rules.map(TransitionBody.init)
    statuses = BookingStatus.allCases.map(StatusBody.init)
  }

  /// A state of the pipeline.
  public struct StateBody: Codable, Sendable {
    public var name: AssignmentState
    public var endsAutomaticWork: Bool
    /// Time allowed in the state; absent where automatic work has ended.
    public var deadlineSeconds: Int?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case name
      case endsAutomaticWork = "ends_automatic_work"
      case deadlineSeconds = "deadline_seconds"
    }

    init(_ state: AssignmentState) {
      name = state
      endsAutomaticWork = state.endsAutomaticWork
      deadlineSeconds = state.deadline.map { Int($0.components.seconds) }
    }
  }

  /// An allowed transition.
  public struct TransitionBody: Codable, Sendable {
    public var from: AssignmentState
    public var to: AssignmentState
    public var actor: TransitionActor
    /// Empty means any.
    public var causes: [TransitionCause]

    init(_ rule: TransitionRule) {
      from = rule.from
      to = rule.to
      actor = rule.actor
      causes = rule.causes
    }
  }

  /// A status and what it may become.
  public struct StatusBody: Codable, Sendable {
    public var name: BookingStatus
    public var mayBecome: [BookingStatus]

    enum CodingKeys: String, CodingKey, CaseIterable {
      case name
      case mayBecome = "may_become"
    }

    init(_ status: BookingStatus) {
      name = status
      mayBecome = StatusTable.allowed(from: status)
    }
  }
}
