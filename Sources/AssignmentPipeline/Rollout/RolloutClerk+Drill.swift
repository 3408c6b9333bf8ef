import AssignmentStore
import BookingDomain
import Rollout

/// The timed rollback drill: V3 off, measured until it is off everywhere with nothing under way, and on again.
///
/// The drill is a row: whoever is alive goes on with it, so that a process that dies in the middle leaves V3 off for no longer
/// than it takes another one to notice.
extension RolloutClerk {
  /// A drill that takes longer has failed: V3 goes on again, and what it took is recorded.
  static let longestDrill = Duration.seconds(600)

  func startDrill(by actor: RolloutActor, _ turn: Turn) throws(RolloutFailure) -> RolloutWrite {
    if turn.stored.drill != nil { throw .refused(.drilling(command: "drill")) }
    guard let plan = turn.stored.plan, let run = turn.stored.state.status.runUnderGate else {
      throw .refused(notNow(turn.stored.state))
    }
    if turn.stored.isKilled { throw .refused(.notReady([.killSwitch])) }
    let ledger = ledger(turn, plan: plan, by: actor)
    var write = ledger.unchanged
    write.drill = RunningDrill(run: run.number, by: actor, startedAt: turn.now)
    ledger.set(.flag(.pipelineV3), "false", "rollback drill", in: &write)
    write.records = [RolloutRecord(.drillStarted, run: run, by: actor, at: turn.now)]
    write.events.append(
      ObservabilityEvent(
        .rollout, "rollout.drill", severity: .warning,
        context: [
          "stage": "started", "by": .string(actor.name), "phase": .string(run.phase), "run": .int(run.number),
        ], at: turn.now))
    return write
  }

  private func notNow(_ state: RolloutState) -> RolloutRefusal {
    .notNow(
      command: "drill", status: state.status.name, allowed: RolloutCommand.names(allowedIn: state.status))
  }

  /// Switches V3 on again once the drill is over.
  /// - Returns: nil while it goes on.
  func endDrill(_ turn: Turn) async throws(StoreError) -> RolloutWrite? {
    guard let drill = turn.stored.drill, let plan = turn.stored.plan, let run = turn.stored.state.run,
      let phase = plan.phase(run.phase)
    else { return nil }
    let taken = turn.now.since(drill.startedAt)
    if taken < Self.longestDrill {
      guard turn.late.isEmpty, try await environment.store.bookingsUnderWayInV3() == 0 else { return nil }
    }
    let result = DrillResult(at: drill.startedAt, recoverySeconds: taken.inMilliseconds / 1_000)
    guard
      let step = try? RolloutMachine(plan).apply(
        .drill(result), by: drill.by, to: turn.stored.state, at: RolloutMoment(now: turn.now))
    else { return nil }
    let ledger = ledger(turn, plan: plan, by: drill.by)
    let records = RolloutRecords(turn: turn, actor: drill.by, plan: plan)
    var write = ledger.write(
      step, records: records.made(by: .drill(result), step, nil), reason: "rollback drill is over")
    write.drill = nil
    ledger.set(phase.flags, "rollback drill is over", in: &write)
    return write
  }
}
