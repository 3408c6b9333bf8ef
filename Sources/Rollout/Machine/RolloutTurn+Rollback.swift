import BookingDomain

extension RolloutTurn {
  /// Nil when nothing is to be done.
  func rollBack(_ findings: [RollbackFinding]) -> RolloutStep? {
    guard let run = state.status.watchedRun, let phase = plan.phase(run.phase), phase.automaticRollback else {
      return nil
    }
    if let finding = findings.first(where: { $0.outcome == .switchOff }) { return switchOff(finding, run) }
    // What a step back answered is not answered twice.
    if state.resumesAt != nil { return nil }
    if let finding = findings.first(where: { $0.outcome == .stepBack }) { return stepBack(finding, run) }
    return forceOut(findings.filter { $0.outcome == .restaurantOut }, run)
  }

  private func switchOff(_ finding: RollbackFinding, _ run: PhaseRun) -> RolloutStep {
    var step = rolledBack(finding, run, resumesAt: state.resumesAt ?? run.phase)
    step.changes = [.setFlags(FlagSettings(pipelineV3: false, shadow: true))]
    return step
  }

  /// To the flags and share of the phase before; where there is none in this environment, V3 is switched off.
  private func stepBack(_ finding: RollbackFinding, _ run: PhaseRun) -> RolloutStep {
    guard let before = plan.phase(before: run.phase) else { return switchOff(finding, run) }
    var step = rolledBack(finding, run, resumesAt: before.name)
    var flags = before.flags
    // Going back must not leave V3 to what an environment says.
    if flags.pipelineV3 == nil { flags.pipelineV3 = false }
    step.changes = [.setFlags(flags), .setShare(before.sharePercent ?? 0)]
    return step
  }

  private func rolledBack(_ finding: RollbackFinding, _ run: PhaseRun, resumesAt: String) -> RolloutStep {
    var step = RolloutStep(state)
    step.state.status = .rolledBack(
      RolloutStatus.Rollback(from: run, resumesAt: resumesAt, finding: finding, at: moment.now))
    step.events.append(rollbackEvent(finding, run, resumesAt: resumesAt))
    return step
  }

  /// A restaurant goes out once in a run; a phase that holds already keeps its reason.
  private func forceOut(_ findings: [RollbackFinding], _ run: PhaseRun) -> RolloutStep? {
    var step = RolloutStep(state)
    let known = Set(state.restaurantsOut.filter { $0.run == run.number }.map(\.restaurant))
    for finding in findings {
      guard let restaurant = finding.restaurant, !known.contains(restaurant) else { continue }
      step.state.restaurantsOut.append(
        RestaurantOut(restaurant: restaurant, run: run.number, finding: finding, at: moment.now))
      step.changes.append(.forceOut(restaurant))
      step.events.append(rollbackEvent(finding, run, resumesAt: nil))
    }
    guard let last = step.state.restaurantsOut.last, !step.changes.isEmpty else { return nil }
    if case .holding = state.status { return step }
    step.state.status = .holding(run, stop(last.finding.sentence))
    return step
  }
}
