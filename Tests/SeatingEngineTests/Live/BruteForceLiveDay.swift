import BookingDomain
import SeatingEngine

/// The best that can be made of a small live day, by trying all: nobody loses tables, and at most so many move.
struct BruteForceLiveDay {
  let restaurant: Restaurant
  let day: LiveDay

  /// Figures of the best seating.
  func best() -> DayFigures { search(day.parties[...], moves: day.churnBudget, taken: fixed) ?? DayFigures() }

  /// With how few moves all parties can be seated; nil if they cannot within the budget.
  func fewestMoves() -> Int? {
    (0...day.churnBudget).first { moves in
      search(day.parties[...], moves: moves, taken: fixed)?.bookings == day.parties.count
    }
  }

  private var fixed: [(table: TableNumber, window: TimeWindow)] { day.claims.map { ($0.table, $0.window) } }

  private func search(
    _ parties: ArraySlice<LiveParty>, moves: Int, taken: [(table: TableNumber, window: TimeWindow)]
  ) -> DayFigures? {
    guard let party = parties.first else { return DayFigures() }
    let rules = PlanRules(restaurant: restaurant)
    let booking = party.booking
    var best = party.tables.isEmpty ? search(parties.dropFirst(), moves: moves, taken: taken) : nil
    var choices = rules.allowed(
      party: booking.party, host: booking.extraChairs, accessible: booking.wishes.needsAccessibleTable)
    if !party.tables.isEmpty { choices.insert(party.tables) }
    for tables in choices
    where !taken.contains(where: { tables.contains($0.table) && $0.window.overlaps(booking.slot.block) }) {
      let cost = party.tables.isEmpty || tables == party.tables ? 0 : 1
      guard cost <= moves else { continue }
      let now = taken + tables.map { ($0, booking.slot.block) }
      guard var figures = search(parties.dropFirst(), moves: moves - cost, taken: now) else { continue }
      let seats = tables.reduce(0) { sum, number in
        sum + (restaurant.floor.table(number)?.capacity ?? 0)
      }
      figures.add(party: booking.party, seats: seats, tables: tables.count)
      if best.map({ figures.isBetter(than: $0) }) ?? true { best = figures }
    }
    return best
  }
}
