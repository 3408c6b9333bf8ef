import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Resilience

/// The worker's turns: a job at a time, when the store says that one is due.
final class JobLine {
  /// What came of a turn.
  struct Turn {
    /// When the next one is due, as far as is known.
    var next: [Timestamp] = []
    var tookJob = false
    /// Whether something ended other than in a table.
    var wasBad = false
    /// Whether a claim must run out before its job comes back.
    var leftClaim = false
  }

  private let stage: RehearsalStage

  init(stage: RehearsalStage) { self.stage = stage }

  func turn() async -> Turn {
    guard stage.environment.breakers[.storage].position != .open, !stage.environment.outage.isLong else {
      return Turn()
    }
    // Where it would sleep for want of work or of storage, it must not: time passes when the clock is moved.
    stage.environment.workSignal.wakeHere()
    let outcome = await stage.worker.runOnce().first
    await stage.environment.shadow?.workOff()
    var turn = await judge(outcome)
    turn.tookJob = outcome != nil
    return turn
  }

  private func judge(_ outcome: Outcome?) async -> Turn {
    let now = stage.clock.now()
    switch outcome {
    case .confirmed?: return Turn()
    case .manualReview?, .failed?: return Turn(wasBad: true)
    case .retry(let reason, let delay)?:
      let leftClaim = reason == .systemError || reason == .lockLost
      let wasBad = reason != .noTable && reason != .holdConflict
      return Turn(next: [now.adding(delay)], wasBad: wasBad, leftClaim: leftClaim)
    case .noop(.lockContention)?: return Turn(next: [now.adding(stage.environment.settings.leaseTTL)])
    case .noop?: return Turn()
    case nil: return Turn(next: await idle(now))
    }
  }

  /// Nothing could be taken: what is due nevertheless waits for something else for a moment.
  private func idle(_ now: Timestamp) async -> [Timestamp] {
    // In trouble the keepers' turns see to it.
    if stage.isInTrouble { return [] }
    return await nextDue(at: now).map { [max($0, now.adding(.seconds(1)))] } ?? []
  }

  /// When a job may next be taken: now where one is ready, nil where none is left.
  func nextDue(at now: Timestamp) async -> Timestamp? {
    guard let depth = try? await stage.store.queueDepth() else { return nil }
    return depth.ready > 0 ? now : (try? await stage.store.nextJobDue()) ?? nil
  }
}
