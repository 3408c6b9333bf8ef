import BookingDomain

/// Judges candidates: quickly for all, part by part for those that are shown.
struct PlanScorer {
  let context: PlanningContext

  /// The sum of the parts.
  func score(_ candidate: Candidate) -> Double {
    let columns = context.floor.columns
    let option = candidate.option
    var score = ScoreWeights.spareSeat * Double(candidate.spareSeats) + beyondLimit(candidate)
    score += ScoreWeights.extraTable * Double(candidate.extraTables)
    if candidate.extraTables > 0 { score += ScoreWeights.apart * (1 - columns.compactness[option]) }
    score += ScoreWeights.preference * candidate.preference
    score += ScoreWeights.freeZone * context.load.freeShareOfZone[Int(columns.zone[option])]
    score += scarcity(candidate)
    score += ScoreWeights.houseOrder * columns.houseOrder[option]
    score += ScoreWeights.pastSuccess * pastSuccess(candidate)
    score += ScoreWeights.strategy * candidate.strategy.points
    score += ScoreWeights.lostParty * candidate.lostParties
    return score
  }

  /// The parts, in the order in which they are summed, so that their sum is the score to the last bit.
  func parts(_ candidate: Candidate) -> [ScorePart] {
    let columns = context.floor.columns
    let option = candidate.option
    let compactness = columns.compactness[option]
    let load = context.load.freeShareOfZone[Int(columns.zone[option])]
    func part(_ name: ScorePart.Name, _ measure: Double, _ unit: String, _ value: Double) -> ScorePart {
      ScorePart(name: name, measure: measure, unit: unit, value: value)
    }
    return [
      part(
        .spareSeats, Double(candidate.spareSeats), "seats",
        ScoreWeights.spareSeat * Double(candidate.spareSeats) + beyondLimit(candidate)),
      part(
        .tablesUsed, Double(candidate.extraTables), "extra tables",
        ScoreWeights.extraTable * Double(candidate.extraTables)),
      part(
        .compactness, compactness, "share",
        candidate.extraTables > 0 ? ScoreWeights.apart * (1 - compactness) : 0),
      part(.preference, candidate.preference, "share of wishes", ScoreWeights.preference * candidate.preference),
      part(.zoneLoad, load, "share free", ScoreWeights.freeZone * load),
      part(.scarcity, 1 - freeShareOfType(candidate), "share taken", scarcity(candidate)),
      part(
        .houseOrder, Double(context.floor.options[option].priority), "priority",
        ScoreWeights.houseOrder * columns.houseOrder[option]),
      part(
        .pastSuccess, pastSuccess(candidate), "rate", ScoreWeights.pastSuccess * pastSuccess(candidate)),
      part(
        .strategy, candidate.strategy.points, "weight", ScoreWeights.strategy * candidate.strategy.points),
      part(
        .opportunityCost, candidate.lostParties, "parties", ScoreWeights.lostParty * candidate.lostParties),
    ]
  }

  private func beyondLimit(_ candidate: Candidate) -> Double {
    guard let limit = context.floor.restaurant.combining.maxSpareSeats else { return 0 }
    return candidate.spareSeats > limit ? ScoreWeights.beyondSpareLimit : 0
  }

  private func scarcity(_ candidate: Candidate) -> Double {
    let columns = context.floor.columns
    var value = ScoreWeights.scarceType * (1 - freeShareOfType(candidate))
    if columns.isJoinable[candidate.option] { value += ScoreWeights.joinable }
    if columns.isAccessible[candidate.option] && !context.need.accessible { value += ScoreWeights.accessible }
    return value
  }

  /// Of the scarcest type among the tables.
  private func freeShareOfType(_ candidate: Candidate) -> Double {
    let columns = context.floor.columns
    var least = 1.0
    for slot in columns.tableRange(candidate.option) {
      let type = context.floor.tableColumns.type[Int(columns.members[slot])]
      least = min(least, context.load.freeShareOfType[Int(type)])
    }
    return least
  }

  /// Success of the strategy above what is usual for one of which nothing is known, and of these tables.
  private func pastSuccess(_ candidate: Candidate) -> Double {
    let rate = context.past.strategies[candidate.strategy.name].map { $0.rate - 0.5 } ?? 0
    return rate + context.history.share(of: candidate.option)
  }
}
