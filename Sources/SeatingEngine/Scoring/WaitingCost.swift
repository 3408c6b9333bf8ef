import BookingDomain

/// What taking a table does to bookings that are known and still wait for theirs.
struct WaitingCost {
  /// For each table, how many of them can be expected to be lost with it; empty if none is touched.
  let byTable: [Double]

  /// A table holds one party at a time, so that taking it loses one at most, however many wait for it. Without this limit a
  /// crowd that can never be seated whole would drown out every other part of the score.
  private static let mostLost = 1.0

  /// A party with `n` options left is lost with chance 4⁻ⁿ; taking a table takes the options that use it.
  init(_ context: PlanningContext, waiting: [WaitingParty], occupancy: Occupancy) {
    let touched = waiting.filter { $0.block.overlaps(context.question.slot.block) }
    guard !touched.isEmpty else {
      byTable = []
      return
    }
    var cost = [Double](repeating: 0, count: context.floor.tables.count)
    for party in touched {
      let uses = WaitingCost.uses(party, floor: context.floor, free: occupancy.freeTables(in: party.block))
      for table in cost.indices where uses.byTable[table] > 0 {
        let lost = WaitingCost.chance(uses.options - uses.byTable[table]) - WaitingCost.chance(uses.options)
        cost[table] += Double(party.count) * lost
      }
    }
    byTable = cost.map { min($0, WaitingCost.mostLost) }
  }

  /// The options that a party has left, and how many of them use each table.
  private static func uses(
    _ party: WaitingParty, floor: CompiledFloor, free: [UInt64]
  ) -> (options: Int, byTable: [Int]) {
    let need = OptionCatalogue.Need(extraChairs: false, accessible: party.accessible)
    var count = 0
    var byTable = [Int](repeating: 0, count: floor.tables.count)
    for option in floor.optionsByNeed.options(party: party.party, need: need) {
      let tables = floor.columns.tableRange(Int(option))
      guard floor.columns.areWithin(free, tables) else { continue }
      count += 1
      for slot in tables { byTable[Int(floor.columns.members[slot])] += 1 }
    }
    return (count, byTable)
  }

  private static func chance(_ options: Int) -> Double { options >= 30 ? 0 : 1 / Double(1 << (2 * options)) }
}
