import BookingDomain
import SeatingEngine
import Testing

/// The hard rules once more, written independently of the engine.
struct PlanRules {
  let restaurant: Restaurant

  func breaks(
    _ tables: [TableNumber], party: Int, host: Bool, accessible: Bool
  ) -> Bool {
    let chosen = tables.compactMap { number in restaurant.floor.tables.first { $0.number == number && $0.isActive } }
    if chosen.isEmpty || chosen.count != tables.count || Set(tables).count != tables.count { return true }
    if accessible && !chosen.contains(where: { $0.tags.contains("accessible") }) { return true }
    let seats = chosen.reduce(0) { $0 + $1.capacity }
    if chosen.count == 1 {
      let most = host ? (chosen[0].maxParty ?? seats) : min(seats, chosen[0].maxParty ?? seats)
      return party > most || party < chosen[0].minParty ?? 1
    }
    if chosen.count > restaurant.combining.maxTables || Set(chosen.map(\.zone)).count != 1 { return true }
    if let named = restaurant.floor.combinations.first(where: { Set($0.tables) == Set(tables) }) {
      return party > min(seats, named.maxParty ?? seats) || party < named.minParty ?? 1
    }
    if party > seats || chosen.contains(where: { party < $0.minParty ?? 1 || $0.mobility == .fixed }) { return true }
    return restaurant.combining.requireAdjacency && !isConnected(Set(tables))
  }

  /// All sets of 1 to `maxTables` tables that may take the party.
  func allowed(party: Int, host: Bool, accessible: Bool) -> Set<[TableNumber]> {
    var sets: [[TableNumber]] = [[]]
    for table in restaurant.floor.tables.map(\.number).sorted() {
      sets += sets.filter { $0.count < restaurant.combining.maxTables }.map { $0 + [table] }
    }
    return Set(sets.filter { !breaks($0, party: party, host: host, accessible: accessible) })
  }

  /// Whether accessible tables among these are kept for those who need them.
  func keeps(_ tables: [TableNumber], from question: SeatingQuestion) -> Bool {
    let released = question.slot.dining.start.adding(minutes: -restaurant.accessibleTablesKeptUntilMinutes)
    return !question.wishes.needsAccessibleTable && question.now < released
      && tables.contains { restaurant.floor.table($0)?.isAccessible ?? false }
  }

  private func isConnected(_ tables: Set<TableNumber>) -> Bool {
    guard let first = tables.first else { return false }
    var seen: Set = [first]
    var growing = true
    while growing {
      growing = false
      for pair in restaurant.floor.adjacency where tables.contains(pair.first) && tables.contains(pair.second) {
        if seen.contains(pair.first) != seen.contains(pair.second) {
          seen.formUnion([pair.first, pair.second])
          growing = true
        }
      }
    }
    return seen == tables
  }
}

extension PlanRules {
  /// Records an issue for each rule that a plan breaks, and for each booking that it forgets.
  /// - Parameter keepsAccessible: false for `legacy`, which does not know that rule.
  func expectValid(
    _ plan: DayPlan, _ bookings: [PlanBooking], claims: [SnapshotClaim] = [], keepsAccessible: Bool = true
  ) throws {
    let byID = Dictionary(uniqueKeysWithValues: bookings.map { ($0.id, $0) })
    var taken = claims.map { (table: $0.table, window: $0.window) }
    for assignment in plan.assignments {
      let booking = try #require(byID[assignment.bookingID])
      #expect(
        !breaks(
          assignment.tables, party: booking.party, host: booking.extraChairs,
          accessible: booking.wishes.needsAccessibleTable))
      #expect(!keepsAccessible || !keeps(assignment.tables, from: booking.question))
      for table in assignment.tables {
        #expect(!taken.contains { $0.table == table && $0.window.overlaps(booking.slot.block) })
        taken.append((table, booking.slot.block))
      }
    }
    let named = plan.assignments.map(\.bookingID) + plan.unseated.map(\.bookingID)
    #expect(named.count == bookings.count && Set(named) == Set(bookings.map(\.id)))
  }
}
