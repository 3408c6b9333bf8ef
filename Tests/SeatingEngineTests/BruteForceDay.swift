import BookingDomain
import SeatingEngine

/// A small day, and the best that any plan makes of it, by trying all.
struct BruteForceDay {
  let restaurant: Restaurant
  let bookings: [PlanBooking]

  /// Bookings, covers, and less spare seats and three for each extra table.
  func best() -> [Int] {
    let rules = PlanRules(restaurant: restaurant)
    let seats = Dictionary(uniqueKeysWithValues: restaurant.floor.tables.map { ($0.number, $0.capacity) })
    return best(bookings[...], rules, seats, taken: [])
  }

  private func best(
    _ bookings: ArraySlice<PlanBooking>, _ rules: PlanRules, _ seats: [TableNumber: Int],
    taken: [(table: TableNumber, window: TimeWindow)]
  ) -> [Int] {
    guard let booking = bookings.first else { return [0, 0, 0] }
    var most = best(bookings.dropFirst(), rules, seats, taken: taken)
    let block = booking.slot.block
    for tables in rules.allowed(
      party: booking.party, host: booking.extraChairs, accessible: booking.wishes.needsAccessibleTable)
    where !rules.keeps(tables, from: booking.question)
      && !taken.contains(where: { tables.contains($0.table) && $0.window.overlaps(block) })
    {
      let rest = best(bookings.dropFirst(), rules, seats, taken: taken + tables.map { ($0, block) })
      let spare = max(0, tables.reduce(0) { $0 + (seats[$1] ?? 0) } - booking.party)
      let value = [rest[0] + 1, rest[1] + booking.party, rest[2] - spare - 3 * (tables.count - 1)]
      if most.lexicographicallyPrecedes(value) { most = value }
    }
    return most
  }
}
