import BookingDomain

/// One command that is allowed in its state, on its way to a step.
struct RolloutTurn {
  let plan: RolloutPlan
  let state: RolloutState
  let actor: RolloutActor
  let moment: RolloutMoment

  // MARK: Going on

  /// A step to the next phase, or to the first one from outside a run.
  func advance() throws(RolloutRefusal) -> RolloutStep {
    let phase = try next()
    let missing = missingForGate() + missingForFlags(phase)
    guard missing.isEmpty else { throw .notReady(missing) }
    var step = enter(phase)
    if case .entered(let run) = state.status { step.events.append(gateEvent(run, missing: [], reason: nil)) }
    return step
  }

  func force(_ reason: String, to name: String?) throws(RolloutRefusal) -> RolloutStep {
    let phase = if let name { try plan.named(name) } else { try next() }
    // Off wins: where an environment says `false` the phase could not run, so this alone cannot be forced.
    let blocked = missingForFlags(phase)
    guard blocked.isEmpty else { throw .notReady(blocked) }
    var step = enter(phase)
    step.events.append(gateEvent(step.state.run, missing: missingForGate(), reason: reason))
    return step
  }

  func arrive() -> RolloutStep {
    var step = RolloutStep(state)
    guard case .advancing(let advance) = state.status else { return step }
    var run = advance.to
    run.enteredAt = moment.now
    step.state.status = .entered(run)
    step.events.append(event("rollout.phase_entered", run, ["from": .string(advance.from?.phase ?? "")]))
    return step
  }

  func resume() throws(RolloutRefusal) -> RolloutStep {
    if case .rolledBack(let rollback) = state.status {
      let phase = try plan.named(rollback.resumesAt)
      let blocked = missingForFlags(phase)
      guard blocked.isEmpty else { throw .notReady(blocked) }
      var step = enter(phase)
      step.events.append(event("rollout.resumed", step.state.run))
      return step
    }
    var step = RolloutStep(state)
    guard case .holding(let run, _) = state.status else { return step }
    // What holds because V3 was killed goes on only when V3 can.
    if moment.isKilled { throw .notReady([.killSwitch]) }
    step.state.status = .entered(run)
    step.events.append(event("rollout.resumed", run))
    return step
  }

  // MARK: Stopping

  func hold(_ reason: String) -> RolloutStep {
    var step = RolloutStep(state)
    guard let run = state.run else { return step }
    step.state.status = .holding(run, stop(reason))
    step.events.append(event("rollout.held", run, ["reason": .string(reason)]))
    return step
  }

  func abort(_ reason: String) -> RolloutStep {
    var step = RolloutStep(state)
    guard let run = state.run else { return step }
    step.state.status = .aborted(run, stop(reason))
    // Without a rollout the share is 100; V3 is off for all.
    step.changes = [.setFlags(FlagSettings(pipelineV3: false, shadow: false)), .setShare(100)]
    step.events.append(event("rollout.aborted", run, severity: .warning, ["reason": .string(reason)]))
    return step
  }

  // MARK: Parts

  func stop(_ reason: String) -> RolloutStatus.Stop {
    RolloutStatus.Stop(reason: reason, by: actor.name, at: moment.now)
  }

  /// Sets the flags and share of a phase, in a new run.
  private func enter(_ phase: RolloutPhase) -> RolloutStep {
    var step = RolloutStep(state)
    let run = PhaseRun(number: state.lastRun + 1, phase: phase.name, enteredAt: moment.now)
    step.state.lastRun = run.number
    step.state.status = .advancing(RolloutStatus.Advance(from: state.run, to: run))
    // Where V3 is not set no restaurant has it, even if an environment says `true`.
    step.changes = [.setFlags(phase.flags), .setShare(phase.sharePercent ?? 0)]
    if phase.writesCleanupChecklist { step.changes.append(.writeCleanupChecklist) }
    return step
  }

  private func next() throws(RolloutRefusal) -> RolloutPhase {
    var present = state.run?.phase
    if case .aborted = state.status { present = nil }
    if let present { _ = try plan.named(present) }
    guard let phase = plan.phase(after: present) else { throw .lastPhase(present ?? "") }
    return phase
  }

  private func missingForGate() -> [RolloutRefusal.Missing] {
    guard let run = state.status.runUnderGate, let phase = plan.phase(run.phase) else { return [] }
    let gate = RolloutMachine(plan).gate(moment.figures, state, now: moment.now)
    let signed = state.signedOff(run)
    return gate.filter { $0.verdict != .pass }.map { .criterion($0) }
      + phase.signedOffBy.filter { !signed.contains($0) }.map { .signOff($0) }
  }

  private func missingForFlags(_ phase: RolloutPhase) -> [RolloutRefusal.Missing] {
    (moment.isKilled ? [.killSwitch] : []) + missingForFlags(phase, of: moment.instances)
  }

  private func missingForFlags(
    _ phase: RolloutPhase, of instances: [RolloutMoment.LiveInstance]
  ) -> [RolloutRefusal.Missing] {
    instances.flatMap { instance in
      var flags: [String] = []
      if phase.pipelineV3 == true, instance.environment.pipelineV3 == false { flags.append(FeatureFlags.v3Name) }
      if phase.shadow, instance.environment.shadow == false { flags.append(FeatureFlags.shadowName) }
      return flags.map { RolloutRefusal.Missing.environment(instance: instance.name, flag: $0) }
    }
  }
}
