/// What a plan is worth, in the order in which it counts: bookings, then covers, then spare seats and extra tables.
struct DayScore: Sendable, Hashable, Comparable {
  var seated = 0
  var covers = 0
  /// Spare seats, and ``DayFigures/extraTableCost`` for each table beyond the first.
  var cost = 0

  /// What counts, in its order, each the more the better.
  var values: [Int] { [seated, covers, -cost] }

  /// Worse than.
  static func < (a: DayScore, b: DayScore) -> Bool { (a.seated, a.covers, b.cost) < (b.seated, b.covers, a.cost) }
}
