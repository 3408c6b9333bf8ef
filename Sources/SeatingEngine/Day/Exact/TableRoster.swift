/// Finds tables for bookings of which it is known on which types they sit: depth first in order of time.
struct TableRoster {
  private struct Guest {
    var booking: Int
    var points: Range<Int>
    /// Options of the pattern.
    var choices: [Int]
  }

  private let problem: DayProblem
  private var guests: [Guest] = []
  /// The point from which on each table is free.
  private var free: [Int]
  private var chosen: [Int32]
  /// Tables of joined options; others of a type are alike.
  private var joined: Set<Int> = []
  private let typeOfTable: [Int]
  /// What has failed, so that it is not tried again.
  private var failed: Set<UInt64> = []
  private var tries = 0

  private static let mostTries = 20_000

  init(_ problem: DayProblem, demand: BoundDemand, uses: [RelaxedDay.Use]) {
    self.problem = problem
    typeOfTable = demand.typeOfTable
    free = [Int](repeating: 0, count: problem.tableCount)
    chosen = [Int32](repeating: -1, count: problem.parties.count)
    var left = demand.bookingsOfKind
    for use in uses {
      let kind = demand.kinds[use.kind]
      let pattern = demand.patterns[kind.page][use.pattern]
      for booking in left[use.kind].prefix(use.count) {
        let choices = problem.parties[booking].choices.filter {
          demand.uses(of: problem.choices[$0], in: problem) == pattern.uses
        }
        guests.append(Guest(booking: booking, points: kind.points, choices: choices))
      }
      left[use.kind].removeFirst(min(use.count, left[use.kind].count))
    }
    guests.sort {
      ($0.points.lowerBound, $0.choices.count, $0.booking) < ($1.points.lowerBound, $1.choices.count, $1.booking)
    }
    for choice in guests.flatMap(\.choices) where problem.choices[choice].count > 1 {
      joined.formUnion(problem.tables(of: problem.choices[choice]).map(Int.init))
    }
  }

  /// - Returns: the choice of each booking; nil if it finds none.
  mutating func seat() -> [Int32]? { seat(0) ? chosen : nil }

  private mutating func seat(_ number: Int) -> Bool {
    if number == guests.count { return true }
    let guest = guests[number]
    let state = hash(number)
    if failed.contains(state) { return false }
    for choice in candidates(guest) {
      tries += 1
      if tries > TableRoster.mostTries { return false }
      let tables = problem.tables(of: problem.choices[choice]).map(Int.init)
      let before = tables.map { free[$0] }
      for table in tables { free[table] = guest.points.upperBound }
      chosen[guest.booking] = Int32(choice)
      if seat(number + 1) { return true }
      for (table, point) in zip(tables, before) { free[table] = point }
    }
    chosen[guest.booking] = -1
    failed.insert(state)
    return false
  }

  /// Options that are free: first those that leave tables for joining, then those free for the shortest time. Of tables that
  /// are alike one is enough.
  private func candidates(_ guest: Guest) -> [Int] {
    var types: Set<Int> = []
    return guest.choices.filter { choice in
      let tables = problem.tables(of: problem.choices[choice]).map(Int.init)
      if !tables.allSatisfy({ free[$0] <= guest.points.lowerBound && isOpen($0, guest.points) }) { return false }
      return tables.count > 1 || joined.contains(tables[0]) || isClaimed(tables[0])
        || types.insert(typeOfTable[tables[0]]).inserted
    }.sorted { rank($0) < rank($1) }
  }

  private func rank(_ choice: Int) -> (Int, Int, Int) {
    let table = Int(problem.members[Int(problem.choices[choice].start)])
    return (joined.contains(table) ? 1 : 0, -free[table], choice)
  }

  private func isClaimed(_ table: Int) -> Bool { problem.taken.contains { Int($0.table) == table } }

  private func isOpen(_ table: Int, _ points: Range<Int>) -> Bool {
    !problem.taken.contains { Int($0.table) == table && $0.points.overlaps(points) }
  }

  private func hash(_ number: Int) -> UInt64 {
    var hash = StableHash()
    hash.combine(number)
    for table in free.indices { hash.combine(max(free[table], guests[number].points.lowerBound)) }
    return hash.value
  }
}
