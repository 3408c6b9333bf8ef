/// What guest and host see of a booking.
public enum BookingStatus: String, Sendable, Codable, CaseIterable {
  case pending, confirmed, seated, completed, cancelled
  case noShow = "no_show"

  /// Whether the party still wants a table: everything but `cancelled`, `completed` and `no_show`.
  public var isLive: Bool { self == .pending || self == .confirmed || self == .seated }
}

/// Where the pipeline is with a booking.
public enum AssignmentState: String, Sendable, Codable, CaseIterable {
  case created
  case capacityVerified = "capacity_verified"
  case assignmentPending = "assignment_pending"
  case assignmentInProgress = "assignment_in_progress"
  case assigned
  case confirmed
  case manualReview = "manual_review"
  case failed

  /// `confirmed`, `failed` and `manual_review` end the automatic work.
  public var endsAutomaticWork: Bool { self == .confirmed || self == .failed || self == .manualReview }

  /// Time allowed in a state in which the pipeline works: 10 minutes; nil where automatic work has ended.
  public var deadline: Duration? { endsAutomaticWork ? nil : .seconds(600) }
}

/// Who makes a transition.
public enum TransitionActor: String, Sendable, Codable, CaseIterable {
  case pipeline
  /// A host, an operator, or the guest through a change.
  case person
}

/// Why a transition is made. Some transitions are allowed for some causes only.
public enum TransitionCause: String, Sendable, Codable, CaseIterable {
  // pipeline
  case verify, queue, start, assign, confirm, retry, reject
  case giveUp = "give_up"
  case breakerOpen = "breaker_open"
  case deadline
  case reviewDeadline = "review_deadline"
  case switchedOff = "switched_off"
  // person
  case cancel, decline, change, requeue, undo, move
  case handPick = "hand_pick"
  case forceConfirm = "force_confirm"
  case floorChange = "floor_change"
}
