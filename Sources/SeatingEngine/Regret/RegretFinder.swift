import BookingDomain

/// Compares what happened on a day with the best plan there was (issue "regret"; the word as in the theory of decisions:
/// the best outcome in hindsight less the outcome at hand, L. J. Savage, "The Theory of Statistical Decision", 1951).
///
/// Counted are bookings, then covers, of the parties that came or were turned away. Let F₀ be what happened, and let each
/// further step let go of one more thing that was fixed, so that whatever was possible before stays possible:
///
/// 1. F₁, free table: everyone stays; parties that no person turned away get tables that are free.
/// 2. F₂, overrides: so do the others, and parties whose tables a person chose or pinned may have others.
/// 3. F₃, wrong table: all parties with tables may have others; none of them, absent ones included, loses its tables.
/// 4. F₄, order of arrival: absent parties stay where F₃ has them; of the rest whoever fits best is seated.
/// 5. F₅, no-shows: the same without the absent parties. This is the offline optimum.
///
/// A cause costs Fₖ − Fₖ₋₁. The parts add up to F₅ − F₀ because they are differences along one chain (a telescoping sum), and
/// none is negative in bookings, because of each step's plan and the one before, which is allowed there too, the better is
/// taken. Covers may be: a step can seat two small parties for a large one. The chain's order is part of the definition: what
/// two causes only lose together counts for the later one.
///
/// F₁ to F₃ are found by ``DayOptimizer`` and F₄ and F₅ by ``DayPlanner``, both searches; where one misses a plan, its part goes to
/// the next cause. Only the bound tells what F₅ may miss.
public struct RegretFinder: Sendable {
  public let floor: CompiledFloor
  private let planner: DayPlanner
  /// Of the usual effort of ``DayOptimizer``, which is made for one or two parties that wait, where here dozens may.
  private static let movingShare = 1.0 / 64

  public init(floor: CompiledFloor) {
    self.floor = floor
    planner = DayPlanner(floor: floor)
  }

  /// - Parameter limits: of each search; asked anew for each, so that a time limit begins there.
  public func regret(of day: PastDay, limits: () -> SearchLimits = { SearchLimits() }) -> DayRegret {
    // Who sat at a table that the floor no longer has stays seated, whatever is planned.
    let (known, apart) = split(day)
    var steps = moving(known, limits)
    let seated = known.parties.indices.filter { known.parties[$0].fate == .seated }
    let wrongTable = steps[3]
    let anyTurnedAway = known.parties.contains { $0.fate == .turnedAway }
    let anyAbsent = known.parties.contains { $0.fate == .absent }
    // Where nobody was turned away nobody is left to be seated in another order.
    let ordered = anyTurnedAway || !anyAbsent ? planned(known, keeping: wrongTable, limits()) : (wrongTable, 0)
    let order = wrongTable.orBetter(ordered.0)
    // Nobody accepted is left out, so that it is tables alone that made the difference.
    if order.holds(seated) { steps[3] = order }
    let (last, bound) = anyAbsent ? planned(known, keeping: nil, limits()) : ordered
    steps += [order, order.orBetter(last)]
    return regret(steps, known.parties, bound: bound, apart: apart)
  }

  private func split(_ day: PastDay) -> (PastDay, DayFigures) {
    var (known, apart) = (day, DayFigures())
    known.parties.removeAll { floor.tables($0.tables).count != $0.tables.count }
    for party in day.parties where floor.tables(party.tables).count != party.tables.count && party.fate == .seated {
      apart.add(party: party.booking.party, seats: party.booking.party, tables: 1)
    }
    return (known, apart)
  }

  // MARK: - Steps

  /// F₀ to F₃.
  private func moving(_ day: PastDay, _ limits: () -> SearchLimits) -> [RegretStep] {
    var places: [Int: [TableNumber]] = [:]
    for (index, party) in day.parties.enumerated() where !party.tables.isEmpty { places[index] = party.tables }
    let happened = RegretStep(places, of: day.parties, on: floor)
    var steps = [happened]
    guard day.parties.contains(where: { $0.fate == .turnedAway }) else {
      return [happened, happened, happened, happened]
    }
    let loosened: [(PastParty) -> Bool] = [
      { $0.fate == .turnedAway && !$0.isByHand }, { $0.fate == .turnedAway || $0.isByHand }, { _ in true },
    ]
    for isLoose in loosened {
      let found = moved(day, from: happened, where: isLoose, limits())
      steps.append((steps.last ?? happened).orBetter(found))
    }
    return steps
  }

  /// Seats those who wait, where only some parties may have other tables.
  private func moved(
    _ day: PastDay, from happened: RegretStep, where isLoose: (PastParty) -> Bool, _ limits: SearchLimits
  ) -> RegretStep {
    var live = LiveDay(parties: [], claims: day.claims, churnBudget: 0)
    var positions: [BookingID: Int] = [:]
    for (index, party) in day.parties.enumerated() {
      if isLoose(party) {
        positions[party.booking.id] = index
        live.parties.append(LiveParty(party.booking, tables: party.tables))
        if !party.tables.isEmpty { live.churnBudget += 1 }
      } else {
        live.claims += party.booking.claims(at: party.tables)
      }
    }
    var limits = limits
    limits.effort = Self.movingShare * (limits.effort ?? 1)
    var places = happened.places
    for move in DayOptimizer(floor: floor).improve(live, limits: limits).moves {
      if let index = positions[move.bookingID] { places[index] = move.to }
    }
    return RegretStep(places, of: day.parties, on: floor)
  }

  /// The best plan of those who came or were turned away.
  /// - Parameter kept: where absent parties keep their tables; nil if they have none.
  private func planned(_ day: PastDay, keeping kept: RegretStep?, _ limits: SearchLimits) -> (RegretStep, Int) {
    var claims = day.claims
    var places: [Int: [TableNumber]] = [:]
    var positions: [BookingID: Int] = [:]
    for (index, party) in day.parties.enumerated() {
      if party.fate != .absent {
        positions[party.booking.id] = index
      } else if let tables = kept?.places[index] {
        claims += party.booking.claims(at: tables)
        places[index] = tables
      }
    }
    let bookings = day.parties.filter { $0.fate != .absent }.map(\.booking)
    let plan = planner.plan(bookings, mode: .day, claims: claims, limits: limits)
    for assignment in plan.assignments {
      if let index = positions[assignment.bookingID] { places[index] = assignment.tables }
    }
    return (RegretStep(places, of: day.parties, on: floor), plan.bound)
  }

  // MARK: - Sums

  private func regret(
    _ steps: [RegretStep], _ parties: [PastParty], bound: Int, apart: DayFigures
  ) -> DayRegret {
    let parts = zip(RegretCause.allCases, zip(steps, steps.dropFirst())).map { cause, pair in
      let (before, after) = pair
      return DayRegret.Part(
        cause: cause, bookings: after.figures.bookings - before.figures.bookings,
        covers: after.figures.covers - before.figures.covers, gained: after.more(than: before, of: parties),
        givenUp: before.more(than: after, of: parties))
    }
    let (first, last) = (steps.first ?? RegretStep(), steps.last ?? RegretStep())
    let ids = last.places.filter { parties[$0.key].fate != .absent }.map { (parties[$0.key].booking.id, $0.value) }
    return DayRegret(
      happened: first.figures + apart, best: last.figures + apart,
      bound: max(bound, last.figures.bookings) + apart.bookings, parts: parts,
      places: Dictionary(ids, uniquingKeysWith: { first, _ in first }))
  }
}
