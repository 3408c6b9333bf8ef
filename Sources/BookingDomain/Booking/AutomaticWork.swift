/// How the automatic work on a booking went, the first time: what all rates are about (product specification §9).
///
/// ``BookingMutation`` writes it along with the history, from which it could be told; it is stored with the booking so
/// that rates over many bookings need not read their histories.
public struct AutomaticWork: Sendable, Hashable {
  /// How far automation goes, as the restaurant had it when the booking was made. Nil for walk-ins, which are none of its
  /// work, and for bookings that were made by a program that did not store it.
  public var automation: AutomationLevel?
  /// Whether the first snapshot had room for the party, by the check that all flows share; nil without a snapshot.
  public var feasible: Bool?
  /// Whether it passed the checks of capacity.
  public var isVerified: Bool
  /// The first time that the pipeline ended its work; nil until then.
  public var end: End?
  /// Whether the pipeline ever gave it to a person. What a person brings to review, as by undo or a table that is
  /// closed, is not the pipeline's doing.
  public var wasInReview: Bool
  /// What a person did before the pipeline had ended its work; the first, if there were several.
  public var interruption: Interruption?

  /// An end of the automatic work.
  public struct End: Sendable, Hashable {
    /// `confirmed`, `manual_review` or `failed`.
    public var state: AssignmentState
    public var reason: OutcomeReason?
    public var flow: AssignmentFlow
    public var at: Timestamp

    public init(state: AssignmentState, reason: OutcomeReason?, flow: AssignmentFlow, at: Timestamp) {
      self.state = state
      self.reason = reason
      self.flow = flow
      self.at = at
    }
  }

  /// A person's change before the end.
  public enum Interruption: String, Sendable, CaseIterable {
    case cancelled, changed
    /// A person chose its tables.
    case placed
  }

  public init(
    automation: AutomationLevel? = nil, feasible: Bool? = nil, isVerified: Bool = false, end: End? = nil,
    wasInReview: Bool = false, interruption: Interruption? = nil
  ) {
    self.automation = automation
    self.feasible = feasible
    self.isVerified = isVerified
    self.end = end
    self.wasInReview = wasInReview
    self.interruption = interruption
  }

  /// Takes in a change of the booking that leads to `state`, or leaves it there.
  mutating func follow(_ state: AssignmentState, reason: OutcomeReason?, context: ChangeContext) {
    guard let flow = context.mode.flow else { return interrupt(state) }
    if state == .capacityVerified { isVerified = true }
    if state == .manualReview { wasInReview = true }
    if end == nil, state.endsAutomaticWork { end = End(state: state, reason: reason, flow: flow, at: context.at) }
  }

  private mutating func interrupt(_ state: AssignmentState) {
    guard end == nil, interruption == nil else { return }
    switch state {
    case .failed: interruption = .cancelled
    case .assigned, .confirmed: interruption = .placed
    default: interruption = .changed
    }
  }
}

extension HistoryMode {
  /// The flow that wrote in this mode; nil for a person.
  var flow: AssignmentFlow? {
    switch self {
    case .v3: .v3
    case .legacy: .legacy
    case .manual: nil
    }
  }
}
