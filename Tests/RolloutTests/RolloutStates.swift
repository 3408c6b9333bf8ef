import BookingDomain
import Rollout

/// States of a rollout to start from.
enum RolloutStates {
  static let run = PhaseRun(number: 4, phase: "production_10", enteredAt: Samples.start)
  static let stop = RolloutStatus.Stop(reason: "look first", by: "owner", at: Samples.start)
  static let finding = RollbackFinding(rule: .error, sentence: "errors")
  static let names = ["not_started", "entered", "holding", "advancing", "rolled_back", "aborted"]
  /// Nine days after the run was entered.
  static let now = Samples.start.adding(.seconds(9 * 86_400))

  static func status(_ name: String, _ run: PhaseRun = run) -> RolloutStatus {
    switch name {
    case "entered": .entered(run)
    case "holding": .holding(run, stop)
    case "advancing": .advancing(RolloutStatus.Advance(from: nil, to: run))
    case "rolled_back":
      .rolledBack(RolloutStatus.Rollback(from: run, resumesAt: run.phase, finding: finding, at: Samples.start))
    case "aborted": .aborted(run, stop)
    default: .notStarted
    }
  }

  /// A rollout in a state; its run is signed off by all that are asked, and has its drill.
  static func state(_ name: String, phase: String = "production_10") -> RolloutState {
    var state = RolloutState()
    let run = PhaseRun(number: 4, phase: phase, enteredAt: Samples.start)
    state.status = status(name, run)
    guard name != "not_started" else { return state }
    state.lastRun = 4
    state.drills = [
      RecordedDrill(result: DrillResult(at: Samples.start, recoverySeconds: 9), by: "on call", run: 4)
    ]
    for role in RolloutPlan.standard.phase(phase)?.signedOffBy ?? [] {
      state.signOffs.append(SignOff(role: role, by: "someone", run: 4, at: Samples.start))
    }
    return state
  }

  static func moment(_ figures: PhaseFigures? = Samples.good()) -> RolloutMoment {
    RolloutMoment(now: now, figures: figures)
  }
}
