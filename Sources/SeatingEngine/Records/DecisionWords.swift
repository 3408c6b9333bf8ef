import BookingDomain

/// Plain words for plans and their score parts.
enum DecisionWords {
  /// For example `table 12` or `tables 3, 4 (Long table)`.
  static func tables(_ plan: SeatingPlan) -> String {
    plan.tables.words + (plan.combinationName.map { " (\($0))" } ?? "")
  }

  static func plan(_ plan: SeatingPlan, party: Int, floor: CompiledFloor) -> String {
    let seats = floor.seats(of: plan.tables)
    let place = capitalized(tables(plan))
    let verb = plan.tables.count == 1 ? "seats" : "together seat"
    let reasons = plan.parts.compactMap { sentence($0, party: party, seats: seats) }
    return "\(place) \(verb) \(seats), party of \(party): \(reasons.joined(separator: "; ")). "
      + "Proposed by \(plan.strategy.rawValue), score \(rounded(plan.score))."
  }

  static func rejections(_ ranking: PlanRanking) -> String? {
    let counts = ranking.rejections.filter { $0.count > 0 }
    if counts.isEmpty { return nil }
    return "Not possible: " + counts.map { "\($0.count) \(words($0.reason))" }.joined(separator: ", ") + "."
  }

  private static func sentence(_ part: ScorePart, party: Int, seats: Int) -> String? {
    let count = Int(part.measure)
    switch part.name {
    case .spareSeats:
      if seats < party { return "\(party - seats) extra \(party - seats == 1 ? "chair" : "chairs")" }
      return count == 0 ? "no spare seats" : "\(count) spare \(count == 1 ? "seat" : "seats")"
    case .tablesUsed: return count == 0 ? nil : "\(count + 1) tables joined"
    case .compactness: return part.value == 0 ? nil : "stand apart (compactness \(rounded(part.measure)))"
    case .preference: return part.value == 0 ? nil : "meets \(rounded(part.measure * 100)) % of the wishes"
    case .zoneLoad: return "\(rounded(part.measure * 100)) % of the zone's seats free"
    case .scarcity: return part.measure < 0.005 ? nil : "\(rounded(part.measure * 100)) % of such tables taken"
    case .houseOrder: return part.measure == 0 ? nil : "priority \(count) in the house's order"
    case .pastSuccess: return part.value == 0 ? nil : "like parties sat there well before"
    case .strategy: return nil
    case .opportunityCost:
      return part.measure < 0.005
        ? "costs no later party a place" : "costs \(rounded(part.measure)) later parties a place"
    }
  }

  private static func words(_ reason: PlanRejection.Reason) -> String {
    switch reason {
    case .tooSmall: "too small"
    case .belowMinParty: "meant for larger parties"
    case .notAccessible: "not accessible"
    case .moreThanNeeded: "with more tables than needed"
    case .keptAccessible: "kept for guests who need an accessible table"
    case .occupied: "taken at that time"
    }
  }

  /// Two decimals at most.
  private static func rounded(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    if hundredths % 100 == 0 { return "\(hundredths / 100)" }
    let fraction = "\(abs(hundredths) % 100)"
    return (hundredths < 0 ? "-" : "") + "\(abs(hundredths) / 100)." + (fraction.count == 1 ? "0" : "") + fraction
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
