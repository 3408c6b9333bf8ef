public import AssignmentPipeline
public import AssignmentStore
import BookingDomain
public import HeadwaiterAPI
import Rollout

extension RolloutBody {
  public init(_ report: RolloutReport) {
    let advice = report.advice
    self.init(
      at: "\(report.at)", revision: report.stored.revision, status: report.state.status.name,
      flags: RolloutFlagsBody(report), nextStep: RolloutStepBody(words: advice.words, command: advice.command))
    phase = report.run?.phase
    environment = report.phase?.environment.rawValue
    run = report.run?.number
    since = report.run.map { "\($0.enteredAt)" }
    stop = RolloutStopBody(report.state.status)
    v3 = report.figures.map { RolloutFlowBody($0.v3) }
    legacy = report.figures.map { RolloutFlowBody($0.legacy) }
    gate = zip(report.gate, report.estimates).map(RolloutCriterionBody.init)
    verdict = report.gate.isEmpty ? nil : report.gate.verdict.rawValue
    enoughDataSeconds = report.enoughData.seconds
    mayAdvance = report.mayAdvance
    missing = report.missing.map(\.description)
    nextPhase = report.next?.name
    rollback = RolloutRollbackBody(report.rollback)
    waitingFor = report.waitingFor
    take(report.state, report.phase)
    drillingSince = report.stored.drill.map { "\($0.startedAt)" }
  }

  private mutating func take(_ state: RolloutState, _ phase: RolloutPhase?) {
    signers = phase?.signedOffBy.map(\.rawValue) ?? []
    signOffs = state.signOffs.map { .init(run: $0.run, at: "\($0.at)", by: $0.by, role: $0.role.rawValue) }
    incidents = state.incidents.map {
      .init(run: $0.run, at: "\($0.at)", by: $0.by, level: $0.level.rawValue, text: $0.text)
    }
    knownIssues = state.knownIssues.map { .init(run: $0.run, at: "\($0.at)", by: $0.by, text: $0.text) }
    drills = state.drills.map {
      .init(run: $0.run, at: "\($0.result.at)", by: $0.by, recoverySeconds: $0.result.recoverySeconds)
    }
    restaurantsOut = state.restaurantsOut.map {
      .init(run: $0.run, at: "\($0.at)", restaurantID: $0.restaurant.rawValue, text: $0.finding.sentence)
    }
  }
}

extension RolloutFlagsBody {
  fileprivate init(_ report: RolloutReport) {
    let values = Dictionary(uniqueKeysWithValues: report.flags.verdicts.map { ($0.name, $0.value) })
    self.init(
      v3: values[.pipelineV3] == "true", shadow: values[.shadow] == "true",
      share: values[.rolloutShare].flatMap { Int($0) } ?? 100, killSwitch: report.stored.isKilled,
      differences: report.flagDifferences)
  }
}

extension RolloutFlowBody {
  fileprivate init(_ figures: FlowFigures) {
    self.init(
      bookings: figures.bookings, bookingsConfirmed: figures.bookingsConfirmed,
      rawConfirmationRate: figures.rawConfirmationRate, eligible: figures.eligible, confirmed: figures.confirmed,
      reviewed: figures.reviewed, errors: figures.errors, fullHouse: figures.fullHouse)
  }
}

extension RolloutStopBody {
  fileprivate init?(_ status: RolloutStatus) {
    switch status {
    case .holding(_, let stop), .aborted(_, let stop): self.init(reason: stop.reason, by: stop.by, at: "\(stop.at)")
    case .rolledBack(let rollback):
      self.init(reason: rollback.finding.sentence, by: RolloutMachine.automatic.name, at: "\(rollback.at)")
    case .notStarted, .entered, .advancing: return nil
    }
  }
}

extension RolloutCriterionBody {
  fileprivate init(_ result: CriterionResult, _ estimate: DataEstimate) {
    self.init(
      name: result.name, value: result.value, sample: result.sample, bound: result.bound, limit: result.limit,
      unit: result.unit.rawValue, verdict: result.verdict.rawValue, sentence: result.sentence,
      enoughDataSeconds: estimate.seconds)
  }
}

extension RolloutRollbackBody {
  fileprivate init(_ watching: RollbackWatching) {
    self.init(
      armed: watching.isArmed, reason: watching.reason,
      rules: watching.standings.map {
        Rule(
          rule: $0.rule.rawValue, value: $0.value, sample: $0.sample, needed: $0.needed, bound: $0.bound,
          limit: $0.limit, sentence: $0.sentence)
      })
  }
}

extension RolloutHistoryBody {
  public init(_ records: [RolloutRecord]) { self.init(records: records.map(Record.init)) }
}

extension RolloutHistoryBody.Record {
  fileprivate init(_ record: RolloutRecord) {
    let content = record.content
    let drill = content.drill.map { "recovered in \($0.recoverySeconds) s" }
    let level = content.level.map { "\($0.rawValue): " } ?? ""
    self.init(
      kind: record.kind.rawValue, revision: record.revision, at: "\(record.at)", run: record.run,
      phase: record.phase, by: record.by.name, role: record.by.role.rawValue,
      text: content.text.map { level + $0 } ?? drill,
      lines: content.results?.map { "\($0.name) \($0.verdict.rawValue): \($0.sentence)" } ?? content.checklist)
  }
}

extension DataEstimate {
  /// 0 for enough, nil for never.
  fileprivate var seconds: Double? {
    switch self {
    case .enough: 0
    case .after(let seconds, _): seconds
    case .never: nil
    }
  }
}
