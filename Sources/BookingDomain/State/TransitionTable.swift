/// One allowed transition (product specification §2), the only definition of it: the machine, the API's
/// `/v1/state-machine` and the documentation's diagram are all made from ``TransitionTable/rules``.
public struct TransitionRule: Sendable, Hashable {
  public let from: AssignmentState
  public let to: AssignmentState
  public let actor: TransitionActor
  /// Causes for which it is allowed; empty means any.
  public let causes: [TransitionCause]

  init(_ from: AssignmentState, _ to: AssignmentState, by actor: TransitionActor, for causes: TransitionCause...) {
    self.from = from
    self.to = to
    self.actor = actor
    self.causes = causes
  }
}

/// All allowed transitions.
public enum TransitionTable {
  public static let rules: [TransitionRule] = pipelineRules + personRules

  static let pipelineRules: [TransitionRule] = [
    TransitionRule(.created, .capacityVerified, by: .pipeline),
    TransitionRule(.created, .failed, by: .pipeline),
    TransitionRule(.created, .manualReview, by: .pipeline, for: .breakerOpen, .deadline),
    TransitionRule(.capacityVerified, .assignmentPending, by: .pipeline),
    TransitionRule(.capacityVerified, .failed, by: .pipeline),
    TransitionRule(.capacityVerified, .manualReview, by: .pipeline, for: .breakerOpen, .deadline),
    TransitionRule(.assignmentPending, .assignmentInProgress, by: .pipeline),
    TransitionRule(.assignmentPending, .manualReview, by: .pipeline),
    TransitionRule(.assignmentPending, .failed, by: .pipeline),
    TransitionRule(.assignmentInProgress, .assigned, by: .pipeline),
    TransitionRule(.assignmentInProgress, .assignmentPending, by: .pipeline),
    TransitionRule(.assignmentInProgress, .manualReview, by: .pipeline),
    TransitionRule(.assignmentInProgress, .failed, by: .pipeline),
    TransitionRule(.assigned, .confirmed, by: .pipeline),
    TransitionRule(.assigned, .assignmentPending, by: .pipeline),
    TransitionRule(.assigned, .manualReview, by: .pipeline),
    TransitionRule(.manualReview, .failed, by: .pipeline, for: .reviewDeadline),
  ]

  static let personRules: [TransitionRule] = [
    TransitionRule(.created, .failed, by: .person, for: .cancel),
    TransitionRule(.created, .assignmentPending, by: .person, for: .change),
    TransitionRule(.capacityVerified, .failed, by: .person, for: .cancel),
    TransitionRule(.capacityVerified, .assignmentPending, by: .person, for: .change),
    TransitionRule(.assignmentPending, .assigned, by: .person, for: .handPick),
    TransitionRule(.assignmentPending, .failed, by: .person, for: .cancel),
    TransitionRule(.assignmentPending, .manualReview, by: .person, for: .undo),
    TransitionRule(.assignmentInProgress, .failed, by: .person, for: .cancel),
    TransitionRule(.assignmentInProgress, .assignmentPending, by: .person, for: .change),
    TransitionRule(.assigned, .failed, by: .person, for: .cancel),
    TransitionRule(.assigned, .assignmentPending, by: .person, for: .change),
    TransitionRule(.manualReview, .assignmentPending, by: .person, for: .requeue, .change),
    TransitionRule(.manualReview, .assigned, by: .person, for: .forceConfirm, .undo),
    TransitionRule(.manualReview, .failed, by: .person, for: .decline, .cancel),
    TransitionRule(.confirmed, .assigned, by: .person, for: .move, .change, .undo),
    TransitionRule(.confirmed, .assignmentPending, by: .person, for: .change),
    TransitionRule(.confirmed, .manualReview, by: .person, for: .undo, .floorChange),
    TransitionRule(.confirmed, .failed, by: .person, for: .cancel),
    TransitionRule(.failed, .manualReview, by: .person, for: .undo),
  ]

  private static let targets: [AssignmentState: [TransitionActor: [TransitionRule]]] = Dictionary(
    grouping: rules, by: \.from
  ).mapValues { Dictionary(grouping: $0, by: \.actor) }

  /// The rule that allows a transition, or nil.
  public static func rule(
    from: AssignmentState, to: AssignmentState, by actor: TransitionActor, for cause: TransitionCause
  ) -> TransitionRule? {
    allowed(from: from, by: actor).first { $0.to == to && ($0.causes.isEmpty || $0.causes.contains(cause)) }
  }

  /// What `actor` may do from a state, in table order.
  public static func allowed(from: AssignmentState, by actor: TransitionActor) -> [TransitionRule] {
    targets[from]?[actor] ?? []
  }
}

/// A transition that the table does not have.
public struct TransitionError: LoudError, Sendable, Hashable, CustomStringConvertible {
  public let from: AssignmentState
  public let to: AssignmentState
  public let actor: TransitionActor
  public let cause: TransitionCause
  /// States that the actor may go to from here, for whatever cause.
  public let allowed: [AssignmentState]

  public init(from: AssignmentState, to: AssignmentState, actor: TransitionActor, cause: TransitionCause) {
    self.from = from
    self.to = to
    self.actor = actor
    self.cause = cause
    allowed = TransitionTable.allowed(from: from, by: actor).map(\.to)
  }

  public var loudness: ObservabilityEvent.Severity { .warning }

  public var description: String {
    let list = allowed.isEmpty ? "none" : allowed.map(\.rawValue).joined(separator: ", ")
    return "\(actor.rawValue) may not go from \(from.rawValue) to \(to.rawValue) (\(cause.rawValue)); allowed: \(list)"
  }
}
