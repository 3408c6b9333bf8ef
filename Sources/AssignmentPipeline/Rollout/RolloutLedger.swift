import AssignmentStore
import BookingDomain
import Rollout

/// Turns steps of the rollout into what one transaction stores: state, runs, flags, records, events.
struct RolloutLedger {
  let before: StoredRollout
  let plan: RolloutPlan
  let runs: [RolloutRun]
  let actor: RolloutActor
  let now: Timestamp

  /// What changes nothing yet.
  var unchanged: RolloutWrite {
    RolloutWrite(expectedRevision: before.revision, state: before.state, plan: plan, drill: before.drill, at: now)
  }

  /// - Parameter reason: of the flags that change; shown with them.
  func write(_ step: RolloutStep, records: [RolloutRecord], reason: String) -> RolloutWrite {
    var write = unchanged
    write.state = step.state
    write.runs = changedRuns(to: step.state)
    write.records = records
    write.events = step.events
    write.outbox = [message(of: step.state)]
    for change in step.changes { apply(change, reason, to: &write) }
    if write.drill != nil, step.state.endsDrills(of: before.state) { stopDrill(&write) }
    return write
  }

  /// What live subscribers of every restaurant learn: where the rollout stands, and that it has changed.
  private func message(of state: RolloutState) -> OutboxMessage {
    let run = state.run.map { "\"phase\":\(JSONText.quoted($0.phase)),\"run\":\($0.number)," } ?? ""
    return OutboxMessage(
      topic: "rollout", restaurantID: OutboxMessage.everyRestaurant, bookingID: nil,
      payload:
        "{\(run)\"status\":\"\(state.status.name)\",\"revision\":\(before.revision + 1),\"at\":\(now.microseconds)}",
      createdAt: now)
  }

  // MARK: Flags

  /// Flags set by the rollout carry its reason, as those that people set carry theirs.
  func set(_ key: FlagKey, _ value: String?, _ reason: String, in write: inout RolloutWrite) {
    let reason = String(String.UnicodeScalarView(reason.unicodeScalars.prefix(200)))
    if let value {
      write.overrides.append(FlagOverride(key: key, value: value, reason: reason, actor: actor.name, at: now))
    } else {
      write.cleared.append(key)
    }
    write.events.append(.flagChanged(key, to: value, reason: reason, by: actor.name, at: now))
  }

  /// V3 and shadow as a phase or a rule wants them; how many bookings run at once is not the rollout's to say.
  func set(_ flags: FlagSettings, _ reason: String, in write: inout RolloutWrite) {
    set(.flag(.pipelineV3), flags.pipelineV3.map { "\($0)" }, reason, in: &write)
    set(.flag(.shadow), flags.shadow.map { "\($0)" }, reason, in: &write)
  }

  private func apply(_ change: RolloutChange, _ reason: String, to write: inout RolloutWrite) {
    switch change {
    case .setFlags(let flags): set(flags, reason, in: &write)
    case .setShare(let percent): set(.flag(.rolloutShare), "\(percent)", reason, in: &write)
    case .forceOut(let restaurant):
      set(.restaurant(restaurant), RestaurantFlag.forcedOut.rawValue, reason, in: &write)
    case .writeCleanupChecklist:
      var content = RolloutRecord.Content()
      content.checklist = CleanupChecklist.items(
        of: runs, in: write.state.run.flatMap { plan.phase($0.phase)?.environment }, now: now)
      write.records.append(
        RolloutRecord(.cleanupChecklist, run: write.state.run, by: actor, at: now, content: content))
    }
  }

  // MARK: Runs

  private func changedRuns(to state: RolloutState) -> [RolloutRun] {
    var changed: [RolloutRun] = []
    if var last = runs.last, last.endedAt == nil, let ending = state.ending(of: last.number) {
      last.endedAt = now
      last.ending = ending
      changed.append(last)
    }
    guard let run = state.run, let phase = plan.phase(run.phase) else { return changed }
    if let known = runs.last(where: { $0.number == run.number }) {
      guard known.enteredAt == nil, state.status.runUnderGate != nil else { return changed }
      var entered = known
      entered.enteredAt = run.enteredAt
      return changed + [entered]
    }
    let decides = phase.pipelineV3 == true
    return changed + [
      RolloutRun(
        number: run.number, phase: run.phase, environment: phase.environment, decidesV3: decides,
        shadow: phase.shadow, sharePercent: decides ? phase.sharePercent ?? 100 : 0, decidedAt: run.enteredAt)
    ]
  }

  // MARK: Drills

  /// A drill that something else ends is no drill: nothing is measured.
  func stopDrill(_ write: inout RolloutWrite) {
    write.drill = nil
    write.records.append(RolloutRecord(.drillStopped, run: before.state.run, by: actor, at: now))
    write.events.append(
      ObservabilityEvent(
        .rollout, "rollout.drill", severity: .warning,
        context: ["stage": "stopped", "by": .string(actor.name)], at: now))
  }
}

extension RolloutState {
  /// How a run has ended by this state; nil while it goes on.
  fileprivate func ending(of number: Int) -> RolloutRun.Ending? {
    switch status {
    case .rolledBack(let rollback) where rollback.from.number == number: .rolledBack
    case .aborted(let run, _) where run.number == number: .aborted
    default: run.map { $0.number > number } == true ? .left : nil
    }
  }

  /// Whether the run of before is over, or has been aborted or rolled back.
  fileprivate func endsDrills(of before: RolloutState) -> Bool {
    run?.number != before.run?.number || status.runUnderGate == nil
  }
}

extension RolloutMoment.LiveInstance {
  init(_ record: InstanceRecord) { self.init(name: record.id, environment: record.flags) }
}

extension RolloutActor {
  init(_ caller: Caller) { self.init(name: caller.name, role: caller.role) }
}
