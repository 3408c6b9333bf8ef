import BookingDomain

extension RolloutTurn {
  func signOff(_ given: Int) throws(RolloutRefusal) -> RolloutStep {
    var step = RolloutStep(state)
    guard let run = state.run, let phase = plan.phase(run.phase) else { return step }
    guard given == run.number else { throw .wrongRun(given: given, present: run.number) }
    guard phase.signedOffBy.contains(actor.role) else {
      throw .notASigner(actor.role, phase: phase.name, asked: phase.signedOffBy)
    }
    if let signed = state.signOffs.first(where: { $0.run == run.number && $0.role == actor.role }) {
      throw .alreadySigned(actor.role, by: signed.by)
    }
    step.state.signOffs.append(SignOff(role: actor.role, by: actor.name, run: run.number, at: moment.now))
    step.events.append(event("rollout.signed_off", run, ["role": .string(actor.role.rawValue)]))
    return step
  }

  /// A P0 or P1 rolls back at once where the rules are on.
  func incident(_ level: IncidentLevel, _ text: String) -> RolloutStep {
    var step = RolloutStep(state)
    guard let run = state.run else { return step }
    step.state.incidents.append(
      Incident(level: level, text: text, by: actor.name, run: run.number, at: moment.now))
    step.events.append(
      event("rollout.incident", run, severity: level.isSerious ? .error : .warning, ["level": .string(level.rawValue)]))
    let turn = RolloutTurn(plan: plan, state: step.state, actor: RolloutMachine.automatic, moment: moment)
    let finding = RollbackWatch(plan.rollback).incident(level)
    guard let finding, let rollback = turn.rollBack([finding]) else { return step }
    step.state = rollback.state
    step.changes += rollback.changes
    step.events += rollback.events
    return step
  }

  func knownIssue(_ text: String) -> RolloutStep {
    var step = RolloutStep(state)
    guard let run = state.run else { return step }
    step.state.knownIssues.append(KnownIssue(text: text, by: actor.name, run: run.number, at: moment.now))
    step.events.append(event("rollout.known_issue", run))
    return step
  }

  func drill(_ result: DrillResult) -> RolloutStep {
    var step = RolloutStep(state)
    guard let run = state.run else { return step }
    step.state.drills.append(RecordedDrill(result: result, by: actor.name, run: run.number))
    step.events.append(event("rollout.drill", run, ["recovery_seconds": .double(result.recoverySeconds)]))
    return step
  }
}
