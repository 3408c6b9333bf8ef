import AssignmentPipeline
import AssignmentStore
import BookingDomain

extension RehearsalRun {
  /// What is looked at again and again.
  func takeRegularTurns() async {
    if regular.isDue(.watch, at: now) {
      await rollout.watch()
      if stage.hasOpenBreaker { regular.watch(by: now.adding(.seconds(20))) }
    }
    if regular.isDue(.turn, at: now) {
      await stage.keepers.turn()
      await hosts.look()
      if stage.isInTrouble {
        drain(at: now)
      } else if let next = await jobs.nextDue(at: now) {
        drain(at: max(next, now))
      }
    }
    if regular.isDue(.clear, at: now) { await stage.keepers.clear() }
    if regular.isDue(.look, at: now) {
      progress(RehearsalProgress(at: now, booked: tally.booked, total: demand.rows.count, phase: rollout.phase))
      await rollout.look()
    }
    if rollout.isBusy { regular.watch(by: now.adding(.seconds(1))) }
    for phase in rollout.takeEntered() { schedule(rollout.faults.due(entering: phase, at: now)) }
  }
}
