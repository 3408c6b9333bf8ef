public import AssignmentStore
public import BookingDomain
public import Rollout

/// What an advance would be refused for, by whoever asks: the rollout's own report, and the verification report of its run.
public enum RolloutObstacles {
  /// Also while a phase holds, so that a person sees it before resuming. Empty where nothing goes on to advance from.
  /// - Parameters:
  ///   - figures: of the run that goes on.
  ///   - live: instances, whose environments may say `false`.
  public static func missing(
    in stored: StoredRollout, plan: RolloutPlan, figures: PhaseFigures?, live: [InstanceRecord], now: Timestamp
  ) -> [RolloutRefusal.Missing] {
    var state = stored.state
    if case .holding(let run, _) = state.status { state.status = .entered(run) }
    do {
      _ = try RolloutMachine(plan).apply(
        .advance, by: RolloutMachine.automatic, to: state,
        at: RolloutMoment(stored, live: live, figures: figures, now: now))
    } catch .notReady(let missing) { return missing } catch {}
    return []
  }
}

extension RolloutMoment {
  init(_ stored: StoredRollout, live: [InstanceRecord], figures: PhaseFigures?, now: Timestamp) {
    self.init(now: now, figures: figures, instances: live.map(LiveInstance.init), isKilled: stored.isKilled)
  }
}
