import BookingDomain

/// What seating a party at a table does to those still to come: how many of them the table can no longer take.
///
/// The demand still to be expected is judged by gaps: taking a window out of a free gap leaves two shorter ones, and the
/// cost is the value lost (``GapValue``), weighted by how much tables of that type are wanted (``TableDemand``) and by how
/// busy the service is. Parties that are known and still wait are judged one by one, by the options they have left.
struct OpportunityCost {
  private let occupancy: Occupancy
  private let shape: ServiceShape
  /// The block window, in minutes since the beginning of the span.
  private let from: Double
  private let until: Double
  private let slots: Range<Int>
  /// First and last start of parties, in the same minutes.
  private let firstStart: Double
  private let lastStart: Double
  /// 1 where one party per table is expected; towards 2 when it is many, towards 0 when it is few.
  private let busyness: Double
  /// For each table, waiting parties lost with it; empty if none waits.
  private let waiting: [Double]
  /// Answers given already; not a number where there is none.
  private var known: [Double]

  init?(_ context: PlanningContext, shape: ServiceShape, snapshot: AvailabilitySnapshot) {
    let occupancy = snapshot.occupancy
    guard let minutes = occupancy.grid.minutes(of: context.question.slot.block) else { return nil }
    let starts = PartyStarts(question: context.question, shape: shape, snapshot: snapshot)
    self.occupancy = occupancy
    self.shape = shape
    from = Double(minutes.lowerBound)
    until = Double(minutes.upperBound)
    slots = occupancy.grid.slots(minutes)
    firstStart = min(starts.first, from)
    lastStart = max(starts.last, from)
    let tables = Double(max(1, context.floor.tables.count))
    let parties = max(shape.partiesPerTable, Double(occupancy.claimCount) / tables)
    busyness = 2 * parties / (1 + parties)
    waiting = WaitingCost(context, waiting: snapshot.waiting, occupancy: occupancy).byTable
    known = [Double](repeating: .nan, count: context.floor.tables.count)
  }

  /// Parties lost when `table`, free in the window, is taken; below zero where that closes a gap of little use.
  mutating func lostParties(table: Int) -> Double {
    if !known[table].isNaN { return known[table] }
    var lost = busyness * shape.wanted[table] * valueLost(table)
    if !waiting.isEmpty { lost += waiting[table] }
    known[table] = lost
    return lost
  }

  private func valueLost(_ table: Int) -> Double {
    let turn = shape.turns[table]
    let gap = occupancy.gap(around: slots, table: table)
    let begin = max(Double(gap.lowerBound), firstStart)
    let end = min(Double(gap.upperBound), lastStart + turn * GapValue.turnsAfterLastStart)
    return GapValue.parties(turns: (end - begin) / turn)
      - GapValue.parties(turns: (min(from, end) - begin) / turn)
      - GapValue.parties(turns: (end - max(until, begin)) / turn)
  }
}
