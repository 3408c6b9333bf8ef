import BookingDomain

/// A live day for which room for one more booking is looked for again and again: what does not depend on the booking is
/// worked out once.
public struct PreparedDay: Sendable {
  let optimizer: DayOptimizer
  let seating: LiveSeating
  let churnBudget: Int

  /// The smallest set of moves that makes room for a booking. One that the day has already gives up its tables for that,
  /// which does not count as a move; party, time and wishes are those of `booking`.
  /// - Parameter booking: within the time of the day's parties and claims, or where nothing is claimed.
  /// - Returns: nil if there is no room within the budget. The booking's own place is the last of the moves, from the
  ///   tables that it had; they may be the same.
  public func room(for booking: PlanBooking, limits: SearchLimits = SearchLimits()) -> LiveDayPlan? {
    var start = seating
    let had = start.parties.firstIndex { $0.booking.id == booking.id }
    if let had { start.lift(had) }
    start.add(LiveParty(booking))
    var search = RoomSearch(start, isOver: limits.isOver)
    let moves = 0...max(0, churnBudget)
    let looks = RoomSearch.looks(limits.effort ?? DayOptimizer.mostEffort)
    guard search.makeRoom(for: start.parties.count - 1, moves: moves, looks: looks) == .found else { return nil }
    var plan = optimizer.plan(from: seating, to: search.seating)
    plan.newcomer = booking.id
    if let had { plan.moves[plan.moves.count - 1].from = seating.parties[had].tables }
    return plan
  }
}
