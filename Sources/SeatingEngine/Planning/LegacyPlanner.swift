import BookingDomain

/// The planner that V3 replaces: best fit, nothing else. Fewest spare seats, then fewest tables, then table number.
public struct LegacyPlanner: Sendable {
  public let floor: CompiledFloor

  public init(floor: CompiledFloor) { self.floor = floor }

  /// The best fit that is free for the whole block window, or nil.
  public func quoteTables(_ question: SeatingQuestion, in snapshot: AvailabilitySnapshot) -> SeatingPlan? {
    let need = question.need
    let free = snapshot.occupancy.freeTables(in: question.slot.block)
    var best: (key: (Int, Int), option: TableOption)?
    for index in floor.optionsByNeed.options(party: question.party, need: need) {
      let tables = floor.columns.tableRange(Int(index))
      guard floor.columns.areWithin(free, tables) else { continue }
      let option = floor.options[Int(index)]
      let key = (max(0, option.seats - question.party), tables.count)
      if best.map({ key < $0.key }) ?? true { best = (key, option) }
    }
    return best.map { plan($0.option, party: question.party) }
  }

  private func plan(_ option: TableOption, party: Int) -> SeatingPlan {
    let spare = max(0, option.seats - party)
    let extra = option.members.count - 1
    let parts = [
      ScorePart(name: .spareSeats, measure: Double(spare), unit: "seats", value: -Double(spare)),
      ScorePart(name: .tablesUsed, measure: Double(extra), unit: "extra tables", value: -Double(extra) / 100),
    ]
    return SeatingPlan(
      tables: floor.numbers(of: option), combinationName: option.combinationName, strategy: .legacyBestFit,
      score: parts.reduce(0) { $0 + $1.value }, parts: parts, spareSeats: spare)
  }
}
