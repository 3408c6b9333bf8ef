extension CapacityVerifier {
  /// The pacing interval in which a start lies, or nil where the house sets no pacing.
  ///
  /// Intervals follow each other from local midnight by the wall clock, so that on days on which the clock is changed they
  /// still begin where guests may start; the day's last one ends at midnight.
  public func pacingInterval(containing start: Timestamp) -> TimeWindow? {
    guard let pacing = restaurant.pacing else { return nil }
    let calendar = restaurant.calendar
    let (date, minute) = calendar.local(start)
    let begin = start.flooredToMinute.adding(minutes: -(minute % pacing.intervalMinutes))
    let end = min(begin.adding(minutes: pacing.intervalMinutes), calendar.day(date).end)
    return TimeWindow(start: begin, end: end)
  }

  /// Walk-ins are not paced; the limit for online covers holds for guests alone.
  func checkPacing(_ request: CapacityRequest, _ load: PacingLoad) throws(CapacityRejection) {
    guard let pacing = restaurant.pacing, !request.walkIn else { return }
    let exceeded =
      passes(load.covers + request.party, pacing.maxCovers)
      || passes(load.parties + 1, pacing.maxParties)
      || (!request.byHost && passes(load.coversOnline + request.party, pacing.maxCoversOnline))
    if exceeded { throw .pacingExceeded }
  }

  private func passes(_ count: Int, _ limit: Int?) -> Bool { limit.map { count > $0 } ?? false }
}
