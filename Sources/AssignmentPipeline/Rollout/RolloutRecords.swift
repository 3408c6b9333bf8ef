import AssignmentStore
import BookingDomain
import Rollout

/// What is kept for good of a step.
struct RolloutRecords {
  let turn: RolloutClerk.Turn
  let actor: RolloutActor
  let plan: RolloutPlan

  /// - Parameter figures: of the run that a command leaves.
  func made(by command: RolloutCommand, _ step: RolloutStep, _ figures: PhaseFigures?) -> [RolloutRecord] {
    let run = step.state.run
    switch command {
    case .advance: return planned(run) + gate(figures, after: step.state) + [record(.advanced, run)]
    case .force(let reason, _):
      return planned(run) + gate(figures, after: step.state) + [record(.forced, run, text: reason)]
    case .arrived: return [record(.entered, run)]
    case .hold(let reason): return [record(.held, run, text: reason)]
    case .resume: return [record(.resumed, run)]
    case .abort(let reason): return [record(.aborted, run, text: reason)]
    case .signOff: return [record(.signedOff, run)]
    case .incident(let level, let text): return incident(level, text, run) + rollback(step)
    case .knownIssue(let text): return [record(.knownIssue, run, text: text)]
    case .drill(let result):
      var content = RolloutRecord.Content()
      content.drill = result
      return [record(.drill, run, content)]
    }
  }

  /// Of what a rule did: a rollback, or restaurants that are out.
  func rollback(_ step: RolloutStep) -> [RolloutRecord] {
    if case .rolledBack(let rollback) = step.state.status, step.state.status != turn.stored.state.status {
      return [finding(.rolledBack, rollback.from, rollback.finding)]
    }
    let known = turn.stored.state.restaurantsOut.count
    return step.state.restaurantsOut.dropFirst(known).map { finding(.restaurantOut, step.state.run, $0.finding) }
  }

  private func planned(_ run: PhaseRun?) -> [RolloutRecord] {
    guard plan != turn.stored.plan else { return [] }
    var content = RolloutRecord.Content()
    content.plan = plan
    return [record(.planned, run, content)]
  }

  /// What the gate said of the run that is left, with the incidents that ended it.
  func gate(_ figures: PhaseFigures?, after state: RolloutState) -> [RolloutRecord] {
    guard var figures, let run = turn.stored.state.status.runUnderGate else { return [] }
    var judged = turn.stored.state
    judged.incidents = state.incidents
    figures.seriousIncidents = judged.seriousIncidents(of: run)
    var content = RolloutRecord.Content()
    content.figures = figures
    content.results = RolloutMachine(plan).gate(figures, judged, now: turn.now)
    return [record(.gateEvaluated, run, content)]
  }

  private func incident(_ level: IncidentLevel, _ text: String, _ run: PhaseRun?) -> [RolloutRecord] {
    var content = RolloutRecord.Content(text: text)
    content.level = level
    return [record(.incident, run, content)]
  }

  private func finding(_ kind: RolloutRecord.Kind, _ run: PhaseRun?, _ finding: RollbackFinding) -> RolloutRecord {
    var content = RolloutRecord.Content(text: finding.sentence)
    content.finding = finding
    return RolloutRecord(kind, run: run, by: RolloutMachine.automatic, at: turn.now, content: content)
  }

  private func record(_ kind: RolloutRecord.Kind, _ run: PhaseRun?, text: String) -> RolloutRecord {
    record(kind, run, RolloutRecord.Content(text: text))
  }

  private func record(
    _ kind: RolloutRecord.Kind, _ run: PhaseRun?, _ content: RolloutRecord.Content = RolloutRecord.Content()
  ) -> RolloutRecord {
    RolloutRecord(kind, run: run, by: actor, at: turn.now, content: content)
  }
}
