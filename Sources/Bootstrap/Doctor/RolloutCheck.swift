import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Rollout

/// The rollout: whether the flags are as its phase wants them, and whether it waits for a person or for an instance.
struct RolloutCheck: Sendable {
  private static let check = "rollout"
  /// Instances heed new flags within a second; a phase that takes longer to enter waits for one that does not.
  static let patience = Duration.seconds(30)

  let stored: StoredRollout
  let instances: [SeenInstance]
  let flags: StoredFlags
  let now: Timestamp

  func examine() -> [Examination] {
    guard let run = stored.state.run, let phase = stored.plan?.phase(run.phase) else {
      return [Examination(Self.check, .fine, "none runs")]
    }
    let found = status(run) + differences(phase) + drill
    let name = "\(run.phase), run \(run.number), \(stored.state.status.name)"
    return found.isEmpty ? [Examination(Self.check, .fine, name)] : found
  }

  private func status(_ run: PhaseRun) -> [Examination] {
    switch stored.state.status {
    case .rolledBack(let rollback):
      return [
        Examination(
          Self.check, .finding, "\(run.phase) was rolled back: \(rollback.finding.sentence)",
          advice: "mend it, then `headwaiter rollout resume` enters \(rollback.resumesAt) again")
      ]
    case .holding(_, let stop):
      return [
        Examination(
          Self.check, .finding, "\(run.phase) holds: \(stop.reason)", advice: "`headwaiter rollout resume` goes on")
      ]
    case .advancing(let advance) where now.since(advance.to.enteredAt) > Self.patience:
      return [
        Examination(
          Self.check, .finding, "\(run.phase) is not entered: \(waiting)",
          advice: "upgrade or restart an instance that does not say which flags it heeds")
      ]
    case .notStarted, .entered, .advancing, .aborted: return []
    }
  }

  private var live: [SeenInstance] { instances.filter { $0.silence <= SeenInstance.patience } }

  private var waiting: String {
    let late = live.filter { $0.record.flagsEpoch < stored.flagsEpoch }.map(\.record.id)
    return late.isEmpty ? "no instance enters it" : "\(late.joined(separator: ", ")) does not have its flags"
  }

  private func differences(_ phase: RolloutPhase) -> [Examination] {
    let sources = FlagSources(
      environments: live.map { .init(instance: $0.record.id, settings: $0.record.flags) }, stored: flags)
    return phase.differences(from: sources.verdicts, stored).map { line in
      Examination(
        Self.check, .finding, line,
        advice: "let the flag go, or set it as the phase wants it: `headwaiter flags`, `headwaiter kill --release`")
    }
  }

  private var drill: [Examination] {
    guard let drill = stored.drill, now.since(drill.startedAt) > Self.patience else { return [] }
    return [
      Examination(
        Self.check, .finding, "V3 has been off for a drill since \(drill.startedAt)",
        advice: "an instance that works ends it: is one running? `headwaiter rollout abort` ends it too")
    ]
  }
}
