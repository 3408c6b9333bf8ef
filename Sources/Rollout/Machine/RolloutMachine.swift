public import BookingDomain

/// The rollout as a state machine without clock or storage: a state and a command in, a step or a refusal out.
public struct RolloutMachine: Sendable {
  /// Characters of a reason or text.
  public static let textLimit = 500
  let plan: RolloutPlan

  public init(_ plan: RolloutPlan) { self.plan = plan }

  /// Applies a command.
  /// - Throws: ``RolloutRefusal``; nothing changes then.
  public func apply(
    _ command: RolloutCommand, by actor: RolloutActor, to state: RolloutState, at moment: RolloutMoment
  ) throws(RolloutRefusal) -> RolloutStep {
    try check(command, state.status)
    let turn = RolloutTurn(plan: plan, state: state, actor: actor, moment: moment)
    switch command {
    case .advance: return try turn.advance()
    case .arrived: return turn.arrive()
    case .hold(let reason): return turn.hold(reason)
    case .resume: return try turn.resume()
    case .abort(let reason): return turn.abort(reason)
    case .force(let reason, let name): return try turn.force(reason, to: name)
    case .signOff(let run): return try turn.signOff(run)
    case .incident(let level, let text): return turn.incident(level, text)
    case .knownIssue(let text): return turn.knownIssue(text)
    case .drill(let result): return turn.drill(result)
    }
  }

  /// Applies what the rules found: the most drastic outcome, for all restaurants where it is one of restaurants.
  /// - Returns: nil when nothing is to be done: no finding, automatic rollback off in this phase, or not running.
  public func rollBack(
    _ findings: [RollbackFinding], _ state: RolloutState, now: Timestamp
  ) -> RolloutStep? {
    RolloutTurn(plan: plan, state: state, actor: Self.automatic, moment: RolloutMoment(now: now)).rollBack(findings)
  }

  /// What the gate of the present run says; empty when no run goes on.
  ///
  /// Time, incidents and drill are the state's own to tell; the rest is measured.
  public func gate(_ figures: PhaseFigures?, _ state: RolloutState, now: Timestamp) -> [CriterionResult] {
    guard let run = state.run, let phase = plan.phase(run.phase) else { return [] }
    var known = figures ?? PhaseFigures()
    known.elapsedSeconds = now.since(run.enteredAt).inMilliseconds / 1_000
    known.seriousIncidents = state.seriousIncidents(of: run)
    known.drill = state.drill(of: run)
    return PhaseGate(phase, of: plan).evaluate(known)
  }

  /// In whose name rules act.
  public static let automatic = RolloutActor(name: "automatic rollback", role: .admin)

  private func check(_ command: RolloutCommand, _ status: RolloutStatus) throws(RolloutRefusal) {
    let allowed = RolloutCommand.names(allowedIn: status)
    guard allowed.contains(command.name) else {
      throw .notNow(command: command.name, status: status.name, allowed: allowed)
    }
    guard let text = command.text else { return }
    let isBlank = text.allSatisfy(\.isWhitespace)
    if isBlank || text.unicodeScalars.count > Self.textLimit { throw .textMissing(command: command.name) }
  }
}

extension RolloutCommand {
  /// The reason or text of a command that needs one.
  var text: String? {
    switch self {
    case .hold(let text), .abort(let text), .force(let text, _), .incident(_, let text), .knownIssue(let text): text
    case .advance, .arrived, .resume, .signOff, .drill: nil
    }
  }
}
