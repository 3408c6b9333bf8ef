import AssignmentStore
import BookingDomain
import Rollout

/// What to do next, in words and as a command to copy.
public struct RolloutAdvice: Sendable, Hashable {
  public var words: String
  /// Nil where there is nothing to do but wait.
  public var command: String?

  init(_ words: String, _ command: String? = nil) {
    self.words = words
    self.command = command.map { "headwaiter rollout \($0)" }
  }
}

extension RolloutReport {
  /// What a person should do now.
  public var advice: RolloutAdvice {
    if stored.isKilled, !isOutside {
      var advice = RolloutAdvice("the kill switch is on; release it once the cause is gone")
      advice.command = "headwaiter kill --release --reason TEXT"
      return advice
    }
    if stored.drill != nil { return RolloutAdvice("wait: a rollback drill goes on, and ends by itself", "status") }
    switch state.status {
    case .notStarted: return RolloutAdvice("begin with phase \(next?.name ?? "-")", "advance")
    case .aborted: return RolloutAdvice("begin again with phase \(next?.name ?? "-")", "advance")
    case .advancing: return RolloutAdvice("wait until every live instance has the flags", "status")
    case .rolledBack(let rollback):
      return RolloutAdvice("mend what the rule found, then enter \(rollback.resumesAt) again", "resume")
    case .holding: return RolloutAdvice("see why the phase holds, then go on", "resume")
    case .entered(let run): return inPhase(run)
    }
  }

  private var isOutside: Bool {
    switch state.status {
    case .notStarted, .aborted: true
    default: false
    }
  }

  private func inPhase(_ run: PhaseRun) -> RolloutAdvice {
    guard let next else {
      return RolloutAdvice("nothing: this is the last phase; the checklist is in the history", "history")
    }
    if missing.isEmpty { return RolloutAdvice("enter \(next.name)", "advance") }
    if let failing = gate.first(where: { $0.verdict == .fail }) {
      return RolloutAdvice("\(failing.name) fails: mend it, or hold the phase", "hold --reason TEXT")
    }
    if gate.contains(where: { $0.name == CriterionKind.drill.rawValue && $0.verdict != .pass }) {
      return RolloutAdvice("run the rollback drill: V3 is off for seconds, and on again", "drill")
    }
    if gate.verdict == .notEnoughData { return RolloutAdvice("wait for more data", "status") }
    for item in missing {
      if case .signOff(let role) = item {
        return RolloutAdvice(
          "let the \(role.rawValue) sign run \(run.number) off, with a key of that role",
          "sign-off --run \(run.number) --key KEY")
      }
      if case .environment(let instance, let flag) = item {
        return RolloutAdvice("take \(flag)=false out of the environment of \(instance), and restart it")
      }
    }
    return RolloutAdvice("wait", "status")
  }
}
