/// Simulated annealing over seatings (S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by Simulated Annealing",
/// 1983): random changes, of which those that lose are taken with a chance that falls with the loss and the temperature.
///
/// Two kinds of change: a booking takes a table, who sat there looks for another, and bookings without a table try
/// the room that is left (``attempt(_:_:)``); two tables swap bookings that stand in each other's way
/// (``swapChains()``). Points are in spare seats.
struct Annealer<Points: PointSet> {
  var seating: Seating<Points>
  /// Effort so far: about the number of tables looked at; one is some nanoseconds.
  private(set) var work = 0
  /// What one booking more is worth, and one cover.
  var weights = SearchWeights()
  private var temperature = 0.0
  /// Of 256 changes, those that are swaps of two tables.
  var chainShare: UInt64 = 51
  /// Of 256 choices of a booking, those among the ones without a table.
  var waitingShare: UInt64 = 128

  private var numbers: SearchNumbers
  private let thresholds: UnsafeMutableBufferPointer<Double>
  private let memory = SearchMemory()
  private let ejected: UnsafeMutableBufferPointer<Int>
  private let ejectedChoices: UnsafeMutableBufferPointer<Int>
  private var ejectedCount = 0
  private let filled: UnsafeMutableBufferPointer<Int>
  private var filledCount = 0
  private let touched: UnsafeMutableBufferPointer<Int>
  private var touchedCount = 0
  private let chains: TwoChains<Points>

  private static var mostEjected: Int { 4 }
  private static var mostFilled: Int { 8 }
  private static var mostTouched: Int { 6 }
  private static var fillTries: Int { 40 }
  private static var stepWork: Int { 12 }

  init(_ seating: Seating<Points>, numbers: SearchNumbers) {
    self.seating = seating
    self.numbers = numbers
    thresholds = memory.column(ExponentialQuantiles.values)
    ejected = memory.column(repeating: 0, count: Self.mostEjected)
    ejectedChoices = memory.column(repeating: 0, count: Self.mostEjected)
    filled = memory.column(repeating: 0, count: Self.mostFilled)
    touched = memory.column(repeating: 0, count: Self.mostTouched)
    chains = TwoChains(memory: memory, pointCount: seating.problem.pointCount)
  }

  /// Seats those that still fit, smallest parties and shortest windows first.
  mutating func seatGreedily() {
    let parties = seating.parties
    let order = (0..<seating.waitingCount).map { seating.booking(at: $0) }.sorted {
      (parties[$0].size, parties[$0].pointCount, $0) < (parties[$1].size, parties[$1].pointCount, $1)
    }
    for booking in order {
      let free = seating.firstFree(booking)
      if free.choice >= 0 { seating.seat(booking, free.choice) }
    }
  }

  /// Makes changes, less and less daring, until the work is done.
  /// - Parameters:
  ///   - end: no change begins at more work than this.
  ///   - isOver: asked before each level; true ends it.
  ///   - ends: asked after each change; true ends it.
  /// - Returns: whether `ends` was true.
  @inline(__always)
  mutating func anneal(
    _ cooling: Cooling, end: Int = .max, isOver: () -> Bool, ends: (Seating<Points>) -> Bool
  ) -> Bool {
    temperature = cooling.hottest
    let begin = work
    for level in 1...cooling.levels where work < end && !isOver() {
      let until = min(end, begin + cooling.work * level / cooling.levels)
      while work < until {
        step()
        if ends(seating) { return true }
      }
      temperature *= cooling.factor
    }
    return false
  }

  /// Tries one change.
  @inline(__always)
  private mutating func step() {
    work += Self.stepWork
    if seating.count == 0 { return }
    if numbers.chance(of: chainShare) { return swapChains() }
    let booking = pickBooking()
    let party = seating.parties[booking]
    if !seating.isSeated(booking) {
      let free = seating.firstFree(booking)
      work += free.looked
      if free.choice >= 0 { return attempt(booking, free.choice) }
    }
    attempt(booking, Int(party.firstChoice) + numbers.below(Int(party.choiceCount)))
  }

  /// Gives a booking without a table the cheapest choice from which all who sit there can move to tables that are free.
  /// - Returns: false if there is none; then all is as it was.
  mutating func seatByDirectMoves(_ booking: Int) -> Bool {
    filledCount = 0
    for choice in seating.parties[booking].choices where collectEjected(booking, choice) {
      displace(booking, to: choice)
      _ = reseatEjected()
      if (0..<ejectedCount).allSatisfy({ seating.isSeated(ejected[$0]) }) { return true }
      takeBack(booking, -1)
    }
    return false
  }

  @inline(__always)
  private mutating func pickBooking() -> Int {
    if seating.waitingCount > 0, numbers.chance(of: waitingShare) {
      return seating.booking(at: numbers.below(seating.waitingCount))
    }
    return seating.booking(at: numbers.below(seating.count))
  }

  @inline(__always)
  private func gain(_ booking: Int, _ choice: Int) -> Double {
    weights.seat + weights.cover * Double(seating.parties[booking].size)
      - weights.cost * Double(seating.choices[choice].cost)
  }

  /// The most that a change may lose this time.
  @inline(__always)
  private mutating func tolerance() -> Double {
    temperature * thresholds[Int(numbers.next() >> 52)]
  }

  /// Gives a booking a choice and whom that displaces another, if that is taken; else leaves all as it was.
  private mutating func attempt(_ booking: Int, _ choice: Int) {
    let old = Int(seating.chosen[booking])
    if old == choice || !collectEjected(booking, choice) { return }
    var won = gain(booking, choice) - (old >= 0 ? gain(booking, old) : 0)
    for index in 0..<ejectedCount { won -= gain(ejected[index], ejectedChoices[index]) }
    let most = tolerance()
    if ejectedCount == 0 && won < -most { return }
    if old >= 0 { seating.lift(booking) }
    displace(booking, to: choice)
    if ejectedCount == 0 { return }
    won += reseatEjected()
    if won < -most { won += fillRoom(old: old, missing: -most - won) }
    if won < -most { takeBack(booking, old) }
  }

  /// Who sits at the choice's tables; false if these are closed, or it is too many.
  private mutating func collectEjected(_ booking: Int, _ choice: Int) -> Bool {
    ejectedCount = 0
    let window = seating.windows[booking]
    for table in seating.tables(of: choice) {
      if seating.isClosed(table, window) { return false }
      var taken = seating.taken(table, within: window)
      while !taken.isEmpty {
        let owner = seating.owner(table, at: taken.first)
        taken.remove(seating.windows[owner])
        if owner == booking || isEjected(owner) { continue }
        if ejectedCount == Self.mostEjected { return false }
        ejected[ejectedCount] = owner
        ejectedChoices[ejectedCount] = Int(seating.chosen[owner])
        ejectedCount += 1
      }
    }
    return true
  }

  @inline(__always)
  private func isEjected(_ booking: Int) -> Bool {
    for index in 0..<ejectedCount where ejected[index] == booking { return true }
    return false
  }

  /// Seats a booking that has no table, in place of those found by ``collectEjected(_:_:)``.
  @inline(__always)
  private mutating func displace(_ booking: Int, to choice: Int) {
    for index in 0..<ejectedCount { seating.lift(ejected[index]) }
    seating.seat(booking, choice)
  }

  private mutating func reseatEjected() -> Double {
    var won = 0.0
    for index in 0..<ejectedCount {
      let free = seating.firstFree(ejected[index])
      work += free.looked
      if free.choice < 0 { continue }
      seating.seat(ejected[index], free.choice)
      won += gain(ejected[index], free.choice)
    }
    return won
  }

  /// Lets bookings without a table try those that the change has touched, until `missing` is won.
  private mutating func fillRoom(old: Int, missing: Double) -> Double {
    filledCount = 0
    // More than about a booking is never won back.
    if missing > weights.seat * 1.3 || seating.waitingCount == 0 { return 0 }
    touchedCount = 0
    for index in 0..<ejectedCount { touch(ejectedChoices[index]) }
    if old >= 0 { touch(old) }
    var won = 0.0
    var position = numbers.below(seating.waitingCount)
    for _ in 0..<min(Self.fillTries, seating.waitingCount) {
      position = position + 1 < seating.waitingCount ? position + 1 : 0
      won += fill(seating.booking(at: position))
      if won >= missing || filledCount == Self.mostFilled || seating.waitingCount == 0 { break }
    }
    return won
  }

  private mutating func touch(_ choice: Int) {
    for table in seating.tables(of: choice) where touchedCount < Self.mostTouched {
      touched[touchedCount] = table
      touchedCount += 1
    }
  }

  private mutating func fill(_ booking: Int) -> Double {
    let row = Int(seating.parties[booking].page) * seating.problem.tableCount
    let window = seating.windows[booking]
    work += touchedCount
    for index in 0..<touchedCount where seating.isFree(touched[index], window) {
      let choice = Int(seating.singles[row + touched[index]])
      if choice < 0 { continue }
      seating.seat(booking, choice)
      filled[filledCount] = booking
      filledCount += 1
      return gain(booking, choice)
    }
    return 0
  }

  private mutating func takeBack(_ booking: Int, _ old: Int) {
    for index in 0..<filledCount { seating.lift(filled[index]) }
    filledCount = 0
    for index in 0..<ejectedCount where seating.isSeated(ejected[index]) { seating.lift(ejected[index]) }
    seating.lift(booking)
    if old >= 0 { seating.seat(booking, old) }
    for index in 0..<ejectedCount { seating.seat(ejected[index], ejectedChoices[index]) }
  }

  /// Swaps the bookings of two tables, from one of them on as far as they stand in each other's way.
  private mutating func swapChains() {
    let booking = seating.booking(at: numbers.below(seating.count))
    let choice = Int(seating.chosen[booking])
    guard choice >= 0, seating.choices[choice].count == 1 else { return }
    let party = seating.parties[booking]
    let other = Int(party.firstChoice) + numbers.below(Int(party.choiceCount))
    guard seating.choices[other].count == 1, other != choice else { return }
    let here = Int(seating.members[Int(seating.choices[choice].start)])
    let there = Int(seating.members[Int(seating.choices[other].start)])
    guard let cost = chains.collect(from: booking, here: here, there: there, in: seating),
      -weights.cost * Double(cost) >= -tolerance()
    else { return }
    chains.swap(in: &seating)
  }
}
