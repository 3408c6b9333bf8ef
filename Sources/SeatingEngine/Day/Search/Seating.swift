/// Bookings on their tables while a search goes on; all steps are a few operations, none allocates.
struct Seating<Points: PointSet> {
  let problem: DayProblem
  private let memory = SearchMemory()
  let choices: UnsafeMutableBufferPointer<DayProblem.Choice>
  let members: UnsafeMutableBufferPointer<Int32>
  let parties: UnsafeMutableBufferPointer<DayProblem.Party>
  let singles: UnsafeMutableBufferPointer<Int32>
  /// When each booking sits.
  let windows: UnsafeMutableBufferPointer<Points>
  /// When each table is taken.
  private let lanes: UnsafeMutableBufferPointer<Points>
  /// When each table is taken whatever is planned.
  private let closed: UnsafeMutableBufferPointer<Points>
  /// `owners[table * pointCount + point]`: who sits there; meaningless where nobody does.
  private let owners: UnsafeMutableBufferPointer<Int32>
  /// The choice of each booking, −1 for those not seated.
  let chosen: UnsafeMutableBufferPointer<Int32>
  /// Bookings that take part: first those without a table, then those with one.
  private let order: UnsafeMutableBufferPointer<Int32>
  private let place: UnsafeMutableBufferPointer<Int32>
  private(set) var waitingCount = 0
  private(set) var count = 0
  private(set) var score = DayScore()
  private let pointCount: Int

  init(_ problem: DayProblem) {
    self.problem = problem
    pointCount = max(1, problem.pointCount)
    choices = memory.column(problem.choices)
    members = memory.column(problem.members)
    parties = memory.column(problem.parties)
    singles = memory.column(problem.singles)
    windows = memory.column(problem.parties.map { Points($0.points) })
    lanes = memory.column(repeating: Points(), count: problem.tableCount)
    closed = memory.column(repeating: Points(), count: problem.tableCount)
    owners = memory.column(repeating: -1, count: problem.tableCount * pointCount)
    chosen = memory.column(repeating: -1, count: problem.parties.count)
    order = memory.column(repeating: -1, count: problem.parties.count)
    place = memory.column(repeating: -1, count: problem.parties.count)
    for (table, points) in problem.taken {
      lanes[Int(table)].insert(Points(points))
      closed[Int(table)].insert(Points(points))
    }
  }

  /// The booking at a position: below ``waitingCount`` one without a table, from there one with.
  @inline(__always)
  func booking(at position: Int) -> Int { Int(order[position]) }

  func isSeated(_ booking: Int) -> Bool { chosen[booking] >= 0 }

  /// Takes a booking in, without a table.
  mutating func add(_ booking: Int) {
    order[count] = Int32(booking)
    place[booking] = Int32(count)
    count += 1
    swapOrder(booking, with: waitingCount)
    waitingCount += 1
  }

  /// Takes out a booking that has no table.
  mutating func remove(_ booking: Int) {
    waitingCount -= 1
    swapOrder(booking, with: waitingCount)
    count -= 1
    swapOrder(booking, with: count)
    place[booking] = -1
  }

  /// Seats a booking that has no table, where its choice is free.
  @inline(__always)
  mutating func seat(_ booking: Int, _ choice: Int) {
    let window = windows[booking]
    let points = parties[booking].points
    for table in tables(of: choice) {
      lanes[table].insert(window)
      let row = table * pointCount
      for point in points { owners[row + point] = Int32(booking) }
    }
    chosen[booking] = Int32(choice)
    waitingCount -= 1
    swapOrder(booking, with: waitingCount)
    score.seated += 1
    score.covers += Int(parties[booking].size)
    score.cost += Int(choices[choice].cost)
  }

  /// Takes its table from a booking.
  @inline(__always)
  mutating func lift(_ booking: Int) {
    let choice = Int(chosen[booking])
    for table in tables(of: choice) { lanes[table].remove(windows[booking]) }
    chosen[booking] = -1
    swapOrder(booking, with: waitingCount)
    waitingCount += 1
    score.seated -= 1
    score.covers -= Int(parties[booking].size)
    score.cost -= Int(choices[choice].cost)
  }

  @inline(__always)
  func tables(of choice: Int) -> MemberTables {
    MemberTables(members: members, start: Int(choices[choice].start), count: Int(choices[choice].count))
  }

  @inline(__always)
  func isFree(_ table: Int, _ window: Points) -> Bool { !lanes[table].overlaps(window) }

  @inline(__always)
  func isFree(choice: Int, _ window: Points) -> Bool {
    for table in tables(of: choice) where lanes[table].overlaps(window) { return false }
    return true
  }

  /// Whether a table is closed in a window, whoever sits where.
  @inline(__always)
  func isClosed(_ table: Int, _ window: Points) -> Bool { closed[table].overlaps(window) }

  /// When a table is taken within a window.
  @inline(__always)
  func taken(_ table: Int, within window: Points) -> Points { lanes[table].intersection(window) }

  /// Who sits at a table at a point at which it is taken, not closed.
  @inline(__always)
  func owner(_ table: Int, at point: Int) -> Int { Int(owners[table * pointCount + point]) }

  /// False if a booking without a table can have none, however the others sit: at some point of its window as many sit
  /// as there are tables.
  func mayHaveRoom(for booking: Int) -> Bool {
    for point in parties[booking].points {
      let now = Points(point..<point + 1)
      var open = 0
      for table in 0..<problem.tableCount where !closed[table].overlaps(now) { open += 1 }
      for position in waitingCount..<count where windows[Int(order[position])].overlaps(now) { open -= 1 }
      if open <= 0 { return false }
    }
    return true
  }

  /// The cheapest choice of a booking that is free, and how many were looked at; −1 if none is.
  @inline(__always)
  func firstFree(_ booking: Int) -> (choice: Int, looked: Int) {
    let party = parties[booking]
    let window = windows[booking]
    let first = Int(party.firstChoice)
    let end = first + Int(party.choiceCount)
    var choice = first
    while choice < end {
      if isFree(choice: choice, window) { return (choice, choice - first) }
      choice += 1
    }
    return (-1, end - first)
  }

  @inline(__always)
  private mutating func swapOrder(_ booking: Int, with position: Int) {
    let from = Int(place[booking])
    let other = order[position]
    order[from] = other
    place[Int(other)] = Int32(from)
    order[position] = Int32(booking)
    place[booking] = Int32(position)
  }
}

/// The tables of a choice.
struct MemberTables: Sequence, IteratorProtocol {
  fileprivate let members: UnsafeMutableBufferPointer<Int32>
  fileprivate var start: Int
  fileprivate var count: Int

  @inline(__always)
  mutating func next() -> Int? {
    if count == 0 { return nil }
    count -= 1
    start += 1
    return Int(members[start - 1])
  }
}
