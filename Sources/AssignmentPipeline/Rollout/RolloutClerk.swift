import AssignmentStore
import BookingDomain
import Rollout

/// Makes what is to be stored out of a command: for people, and for the keeper that acts by itself.
struct RolloutClerk: Sendable {
  /// What a decision is made on.
  struct Turn {
    var stored: StoredRollout
    var runs: [RolloutRun]
    var live: [InstanceRecord]
    var now: Timestamp

    /// Live instances that do not heed the rollout's flags yet.
    var late: [String] { live.filter { $0.flagsEpoch < stored.flagsEpoch }.map(\.id) }
  }

  /// In whose name the program enters phases, and holds one when V3 is killed.
  static let itself = RolloutActor(name: "rollout keeper", role: .admin)

  let environment: PipelineEnvironment

  func turn() async throws(StoreError) -> Turn {
    let stored = try await environment.store.rollout()
    return try await turn(stored)
  }

  func turn(_ stored: StoredRollout) async throws(StoreError) -> Turn {
    Turn(
      stored: stored, runs: try await environment.store.rolloutRuns(),
      live: try await environment.store.liveInstances(within: SeenInstance.patience), now: environment.clock.now())
  }

  /// Stores a step, and wakes those who tell live subscribers. What a run has measured that it ends is kept afterwards: no
  /// rollback waits for that, or fails with it.
  func store(_ write: RolloutWrite, after turn: Turn) async throws(StoreError) {
    let stored = try await environment.store.storeRollout(write)
    environment.outboxSignal.wake()
    let isJudged = write.records.contains { $0.kind == .gateEvaluated }
    if turn.stored.state.status.runUnderGate != nil, write.state.status.runUnderGate == nil, !isJudged {
      try? await keepGate(turn, after: stored)
    }
  }

  private func keepGate(_ turn: Turn, after stored: StoredRollout) async throws(StoreError) {
    guard let plan = turn.stored.plan, let figures = try await figures(turn, plan: plan) else { return }
    var write = RolloutLedger(before: stored, plan: plan, runs: [], actor: Self.itself, now: turn.now).unchanged
    write.records = RolloutRecords(turn: turn, actor: Self.itself, plan: plan).gate(figures, after: stored.state)
    _ = try await environment.store.storeRollout(write)
  }

  func ledger(_ turn: Turn, plan: RolloutPlan, by actor: RolloutActor) -> RolloutLedger {
    RolloutLedger(before: turn.stored, plan: plan, runs: turn.runs, actor: actor, now: turn.now)
  }

  /// The moment that the machine is asked with.
  func moment(_ turn: Turn, figures: PhaseFigures? = nil) -> RolloutMoment {
    RolloutMoment(turn.stored, live: turn.live, figures: figures, now: turn.now)
  }

  /// What the run that goes on has measured; nil where none does.
  func figures(_ turn: Turn, plan: RolloutPlan) async throws(StoreError) -> PhaseFigures? {
    guard let run = turn.stored.state.status.runUnderGate,
      let row = turn.runs.last(where: { $0.number == run.number })
    else { return nil }
    return try await RolloutMeter(store: environment.store).figures(
      of: row, plan: plan, runs: turn.runs, state: turn.stored.state, now: turn.now)
  }

  // MARK: Commands

  func write(
    _ command: RolloutCommand, by actor: RolloutActor, _ turn: Turn, start: RolloutRequest.Start = .init()
  ) async throws(RolloutFailure) -> RolloutWrite {
    if turn.stored.drill != nil, command.leavesThePhase { throw .refused(.drilling(command: command.name)) }
    let plan = try plan(start, turn)
    var figures: PhaseFigures?
    if command.leavesThePhase {
      do { figures = try await self.figures(turn, plan: plan) } catch { throw .store(error) }
    }
    let step: RolloutStep
    do {
      step = try RolloutMachine(plan).apply(
        command, by: actor, to: turn.stored.state, at: moment(turn, figures: figures))
    } catch { throw .refused(error) }
    let records = RolloutRecords(turn: turn, actor: actor, plan: plan)
    return ledger(turn, plan: plan, by: actor).write(
      step, records: records.made(by: command, step, figures), reason: command.reason(step))
  }

  /// The plan in force, or the one to put in force at the beginning.
  private func plan(
    _ start: RolloutRequest.Start, _ turn: Turn
  ) throws(RolloutFailure) -> RolloutPlan {
    switch turn.stored.state.status {
    case .notStarted, .aborted:
      let whole = start.plan ?? turn.stored.plan ?? .standard
      guard let environment = start.environment else { return whole }
      let plan = whole.only(environment)
      if plan.phases.isEmpty { throw .refused(.planWithoutEnvironment(environment)) }
      return plan
    default:
      let present = turn.stored.plan ?? .standard
      let wanted = start.plan ?? present
      guard (start.environment.map(wanted.only) ?? wanted) == present else { throw .refused(.planInForce) }
      return present
    }
  }

  func replacePlan(
    _ plan: RolloutPlan, reason: String, by actor: RolloutActor, _ turn: Turn
  ) throws(RolloutFailure) -> RolloutWrite {
    let names = [turn.stored.state.run?.phase, turn.stored.state.resumesAt].compactMap(\.self)
    for name in names where plan.phase(name) == nil { throw .refused(.planWithoutPhase(name)) }
    var write = ledger(turn, plan: plan, by: actor).unchanged
    var content = RolloutRecord.Content(text: reason)
    content.plan = plan
    write.records = [RolloutRecord(.planned, run: turn.stored.state.run, by: actor, at: turn.now, content: content)]
    write.events = [
      ObservabilityEvent(
        .rollout, "rollout.plan_changed", severity: .warning,
        context: ["by": .string(actor.name), "reason": .string(reason)], at: turn.now)
    ]
    return write
  }

  /// Enters the phase at once where every live instance has its flags, as where there is none, and ends a drill that is
  /// over. Otherwise the keepers of instances do.
  func settle() async {
    guard let turn = try? await turn() else { return }
    if turn.stored.state.status.isAdvancing, turn.late.isEmpty { _ = try? await storeArrival(turn) }
    if turn.stored.drill != nil, let write = try? await endDrill(turn) { try? await store(write, after: turn) }
  }

  /// - Returns: false where another writer was quicker.
  func storeArrival(_ turn: Turn) async throws(StoreError) -> Bool {
    do throws(RolloutFailure) {
      let write = try await write(.arrived, by: Self.itself, turn)
      do { try await store(write, after: turn) } catch { throw .store(error) }
      return true
    } catch {
      guard case .store(let failure) = error, failure != .staleRollout else { return false }
      throw failure
    }
  }
}

extension RolloutCommand {
  /// Whether it goes to another phase.
  var leavesThePhase: Bool {
    switch self {
    case .advance, .force: true
    default: false
    }
  }

  /// Of the flags that it sets.
  fileprivate func reason(_ step: RolloutStep) -> String {
    if case .abort(let reason) = self { return "rollout aborted: \(reason)" }
    if case .rolledBack(let rollback) = step.state.status { return "rollout rolled back: \(rollback.finding.sentence)" }
    return "rollout: phase \(step.state.run?.phase ?? "-")"
  }
}
