import AssignmentStore
import BookingDomain
import Rollout

/// Judges the rollout as it stands.
struct RolloutReporter: Sendable {
  private let clerk: RolloutClerk
  private let environment: PipelineEnvironment

  init(environment: PipelineEnvironment) {
    self.environment = environment
    clerk = RolloutClerk(environment: environment)
  }

  func report() async throws(StoreError) -> RolloutReport {
    let turn = try await clerk.turn()
    let plan = turn.stored.plan ?? .standard
    let figures = try await clerk.figures(turn, plan: plan)
    let phase = turn.stored.state.run.flatMap { plan.phase($0.phase) }
    let forecast = judge(turn, plan, phase, figures)
    return RolloutReport(
      at: turn.now, stored: turn.stored, plan: plan, phase: phase, figures: figures, gate: forecast.gate,
      estimates: forecast.estimates, enoughData: forecast.whole,
      missing: RolloutObstacles.missing(
        in: turn.stored, plan: plan, figures: figures, live: turn.live, now: turn.now),
      next: next(turn.stored.state, plan), rollback: try await watching(turn, plan, phase),
      waitingFor: turn.stored.state.status.isAdvancing ? turn.late : [],
      flags: try await FlagReport(reading: environment.store, live: turn.live))
  }

  private func judge(
    _ turn: RolloutClerk.Turn, _ plan: RolloutPlan, _ phase: RolloutPhase?, _ figures: PhaseFigures?
  ) -> (gate: [CriterionResult], estimates: [DataEstimate], whole: DataEstimate) {
    guard let figures, let phase else { return ([], [], .enough) }
    let gate = RolloutMachine(plan).gate(figures, turn.stored.state, now: turn.now)
    let forecast = DataForecast(PhaseGate(phase, of: plan), figures)
    return (gate, gate.map(forecast.estimate), forecast.whole())
  }

  private func next(_ state: RolloutState, _ plan: RolloutPlan) -> RolloutPhase? {
    switch state.status {
    case .notStarted, .aborted: plan.phases.first
    case .rolledBack(let rollback): plan.phase(rollback.resumesAt)
    case .entered(let run), .holding(let run, _): plan.phase(after: run.phase)
    case .advancing(let advance): plan.phase(after: advance.to.phase)
    }
  }

  private func watching(
    _ turn: RolloutClerk.Turn, _ plan: RolloutPlan, _ phase: RolloutPhase?
  ) async throws(StoreError) -> RollbackWatching {
    guard let run = turn.stored.state.status.watchedRun, let phase else {
      return RollbackWatching(isArmed: false, reason: "no phase runs", standings: [])
    }
    guard phase.automaticRollback else {
      return RollbackWatching(isArmed: false, reason: "the plan has it off in \(phase.name)", standings: [])
    }
    let figures = try await environment.store.rollbackFigures(
      RollbackFigureQuery(since: run.enteredAt, now: turn.now, rules: plan.rollback, withRestaurants: false))
    return RollbackWatching(
      isArmed: true, reason: nil, standings: RollbackWatch(plan.rollback).standings(figures))
  }
}
