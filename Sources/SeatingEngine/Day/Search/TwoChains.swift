/// Two tables' bookings that stand in each other's way, to be swapped: a Kempe chain of the graph of overlaps.
struct TwoChains<Points: PointSet> {
  private let bookings: UnsafeMutableBufferPointer<Int>
  private let targets: UnsafeMutableBufferPointer<Int>
  /// How many of `bookings` are used; a column, so that collecting changes no property.
  private let count: UnsafeMutableBufferPointer<Int>

  init(memory: SearchMemory, pointCount: Int) {
    bookings = memory.column(repeating: 0, count: 2 * pointCount)
    targets = memory.column(repeating: 0, count: 2 * pointCount)
    count = memory.column([0])
  }

  /// Finds the chain that holds a booking, seated alone at `here`.
  /// - Returns: by how much swapping it raises the cost; nil if it cannot be swapped.
  func collect(from booking: Int, here: Int, there: Int, in seating: Seating<Points>) -> Int? {
    var points = (here: seating.windows[booking], there: Points())
    var grows = true
    while grows {
      let added = grow(&points.there, at: there, by: points.here, in: seating)
      grows = added && grow(&points.here, at: here, by: points.there, in: seating)
    }
    if seating.isClosed(there, points.here) || seating.isClosed(here, points.there) { return nil }
    count[0] = 0
    guard let first = note(points.here, at: here, to: there, in: seating),
      let second = note(points.there, at: there, to: here, in: seating)
    else { return nil }
    return first + second
  }

  /// Swaps what ``collect(from:here:there:in:)`` has found.
  func swap(in seating: inout Seating<Points>) {
    for index in 0..<count[0] { seating.lift(bookings[index]) }
    for index in 0..<count[0] { seating.seat(bookings[index], targets[index]) }
  }

  /// Adds the windows of those at `table` that overlap `window`.
  private func grow(
    _ points: inout Points, at table: Int, by window: Points, in seating: Seating<Points>
  ) -> Bool {
    if seating.isClosed(table, window) { return false }
    var left = seating.taken(table, within: window)
    left.remove(points)
    let grows = !left.isEmpty
    while !left.isEmpty {
      let owner = seating.owner(table, at: left.first)
      points.insert(seating.windows[owner])
      left.remove(seating.windows[owner])
    }
    return grows
  }

  private func note(_ points: Points, at table: Int, to other: Int, in seating: Seating<Points>) -> Int? {
    var cost = 0
    var left = points
    while !left.isEmpty {
      let owner = seating.owner(table, at: left.first)
      left.remove(seating.windows[owner])
      let old = seating.choices[Int(seating.chosen[owner])]
      let choice = Int(seating.singles[Int(seating.parties[owner].page) * seating.problem.tableCount + other])
      if old.count != 1 || choice < 0 { return nil }
      bookings[count[0]] = owner
      targets[count[0]] = choice
      count[0] += 1
      cost += Int(seating.choices[choice].cost - old.cost)
    }
    return cost
  }
}
