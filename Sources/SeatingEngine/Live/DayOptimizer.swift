import BookingDomain

/// Re-seats a live day within limits (product specification §5): more bookings first, then more covers, then fewer spare
/// seats and joined tables; no party with tables loses them, and no more of them move than the churn budget allows.
///
/// Parties that wait are seated one after the other, each with the fewest moves that make room (see ``RoomSearch``), those
/// that need fewest first; then those seated are exchanged for others where that seats more guests; then what is left of
/// the budget goes into fewer spare seats and joined tables. Nothing is left to chance: the same day gives the same plan.
public struct DayOptimizer: Sendable {
  public let floor: CompiledFloor

  public init(floor: CompiledFloor) { self.floor = floor }

  /// The best plan found; without moves if there is nothing to gain.
  /// - Parameter limits: `effort` and `isOver` are heeded. More of them never gives a worse plan: what less effort finds is
  ///   found first.
  public func improve(_ day: LiveDay, limits: SearchLimits = SearchLimits()) -> LiveDayPlan {
    let start = LiveSeating(floor: floor, day: day)
    var best = start
    for effort in Self.efforts(upTo: limits.effort ?? Self.mostEffort) where !limits.isOver() {
      var search = DayImprovement(start, budget: day.churnBudget, effort: effort, isOver: limits.isOver)
      search.run()
      if search.seating.isBetter(than: best) { best = search.seating }
    }
    return plan(from: start, to: best)
  }

  /// The smallest set of moves that makes room for a party of the day, which gives up what tables it has, or for one that
  /// it does not have yet.
  /// - Returns: nil if there is no room within the budget; the new party's own place is the last of the moves.
  public func room(
    for booking: PlanBooking, in day: LiveDay, limits: SearchLimits = SearchLimits()
  ) -> LiveDayPlan? {
    var day = day
    day.parties.removeAll { $0.booking.id == booking.id }
    day.parties.append(LiveParty(booking))
    let start = LiveSeating(floor: floor, day: day)
    var search = RoomSearch(start, effort: limits.effort ?? Self.mostEffort, isOver: limits.isOver)
    guard search.makeRoom(for: day.parties.count - 1, moves: 0...max(0, day.churnBudget)) else { return nil }
    return plan(from: start, to: search.seating)
  }

  private static let mostEffort = 1_024.0

  /// 1/4, 1, 4 … times what is usual, the last exactly what is asked for.
  private static func efforts(upTo most: Double) -> [Double] {
    var efforts: [Double] = []
    var effort = 0.25
    while effort < most {
      efforts.append(effort)
      effort *= 4
    }
    return efforts + [most]
  }

  private func plan(from start: LiveSeating, to end: LiveSeating) -> LiveDayPlan {
    var moves: [LiveDayPlan.Move] = []
    for (index, party) in end.parties.enumerated() {
      guard case .option = end.places[index] else { continue }
      let tables = end.members(index).map { floor.tables[$0].number }
      moves.append(LiveDayPlan.Move(bookingID: party.booking.id, from: party.tables, to: tables))
    }
    return LiveDayPlan(moves: moves, before: start.figures, after: end.figures)
  }
}

extension LiveSeating {
  /// Better by the figures; with the same, by fewer moves.
  func isBetter(than other: LiveSeating) -> Bool {
    let (mine, others) = (figures, other.figures)
    return mine.isBetter(than: others) || (!others.isBetter(than: mine) && moveCount < other.moveCount)
  }
}
