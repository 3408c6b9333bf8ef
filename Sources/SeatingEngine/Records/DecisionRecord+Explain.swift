import BookingDomain

extension DecisionRecord {
  /// The decision in plain words, for a host: one line for the answer, one for each plan, one for what was rejected.
  public func explain(floor: CompiledFloor) -> String {
    var lines = [headline(floor)]
    for (rank, plan) in ranking.plans.enumerated() {
      lines.append("\(rank + 1). \(DecisionWords.plan(plan, party: question.party, floor: floor))")
    }
    if let rejected = DecisionWords.rejections(ranking) { lines.append(rejected) }
    lines.append("Decision \(id).")
    return lines.joined(separator: "\n")
  }

  private func headline(_ floor: CompiledFloor) -> String {
    let calendar = floor.restaurant.calendar
    let times = "\(calendar.clockTime(question.slot.dining.start))–\(calendar.clockTime(question.slot.dining.end))"
    let asked = "Party of \(question.party), \(question.slot.serviceDate), \(times)"
    guard let chosen else { return "\(asked): no table is free." }
    return "\(asked): \(DecisionWords.tables(chosen)), out of \(ranking.consideredCount) possible."
  }
}
