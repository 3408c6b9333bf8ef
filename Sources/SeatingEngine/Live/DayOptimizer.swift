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
  /// - Parameter limits: `effort` and `isOver` are heeded. Searches of fixed efforts …, 1/16, 1/4, 1, 4, … run one after the
  ///   other, those up to `effort`, and the least in any case; the best plan counts. So more effort does all that less does, and never
  ///   gives a worse plan.
  public func improve(_ day: LiveDay, limits: SearchLimits = SearchLimits()) -> LiveDayPlan {
    let start = LiveSeating(floor: floor, day: day)
    var best = start
    for effort in Self.efforts(upTo: limits.effort ?? Self.mostEffort) where !limits.isOver() {
      var improvement = DayImprovement(start, budget: day.churnBudget, effort: effort, isOver: limits.isOver)
      improvement.run()
      if Worth(improvement.seating).isBetter(than: Worth(best)) { best = improvement.seating }
    }
    return plan(from: start, to: best)
  }

  /// The smallest set of moves that makes room for a party of the day, which gives up what tables it has, or for one that
  /// it does not have yet; see ``PreparedDay/room(for:limits:)``.
  public func room(
    for booking: PlanBooking, in day: LiveDay, limits: SearchLimits = SearchLimits()
  ) -> LiveDayPlan? {
    prepare(day).room(for: booking, limits: limits)
  }

  /// A day prepared for many questions.
  public func prepare(_ day: LiveDay) -> PreparedDay {
    PreparedDay(optimizer: self, seating: LiveSeating(floor: floor, day: day), churnBudget: day.churnBudget)
  }

  static let mostEffort = 1_024.0
  private static let leastEffort = 1.0 / 1_024

  /// Powers of four, from the least on: those up to `most`, so that more effort does all that less does.
  private static func efforts(upTo most: Double) -> [Double] {
    var efforts = [leastEffort]
    while let last = efforts.last, last * 4 <= most { efforts.append(last * 4) }
    return efforts
  }

  func plan(from start: LiveSeating, to end: LiveSeating) -> LiveDayPlan {
    var moves: [LiveDayPlan.Move] = []
    for (index, party) in end.parties.enumerated() {
      guard case .option = end.places[index] else { continue }
      let tables = end.members(index).map { floor.tables[$0].number }
      moves.append(LiveDayPlan.Move(bookingID: party.booking.id, from: party.tables, to: tables))
    }
    return LiveDayPlan(moves: moves, before: start.figures, after: end.figures)
  }
}
