/// Bookings one after the other: each is accepted if all accepted before and itself find tables, whoever has to change.
///
/// First those are looked for who could move to free tables and so make room. If that is not enough, annealing looks for a
/// seating of all; how long, is set by effort and not by the clock, so that the answer is the same every time.
struct ReseatSearch<Points: PointSet> {
  private var annealer: Annealer<Points>
  private let limits: SearchLimits
  /// Work for one booking that finds no free table, and for the tables of all at the end.
  private let tryWork: Int
  private let closingWork: Int
  private let kept: KeptSeating<Points>

  /// How hot each try for one booking begins, from where the others sit.
  private static var temperatures: [Double] { [60, 150] }
  private static var levels: Int { 64 }
  /// Of 256 changes: nearly all begin with the one who has no table, so that few others move.
  private static var waitingShare: UInt64 { 250 }
  private static var chainShare: UInt64 { 10 }

  init(_ problem: DayProblem, limits: SearchLimits) {
    annealer = Annealer(Seating<Points>(problem), numbers: SearchNumbers(seed: limits.seed, stream: 0))
    kept = KeptSeating(count: problem.parties.count)
    let effort = max(0, limits.effort ?? 1)
    tryWork = Int(min(3e6 * effort, 0x1p60))
    closingWork = Int(min(Double(DayEffort(problem).roundWork) / 4 * effort, 0x1p60))
    self.limits = limits
  }

  /// The choice of each booking, −1 for those refused and those to come.
  var choices: [Int32] { Array(annealer.seating.chosen) }

  /// Accepts a booking at an option.
  /// - Returns: false, with nothing changed, if the option is not free or not one that the booking may have.
  mutating func seat(_ booking: Int, option: Int) -> Bool {
    let window = annealer.seating.windows[booking]
    for choice in annealer.seating.parties[booking].choices where annealer.seating.choices[choice].option == option {
      if !annealer.seating.isFree(choice: choice, window) { return false }
      annealer.seating.add(booking)
      annealer.seating.seat(booking, choice)
      return true
    }
    return false
  }

  /// Accepts a booking for which no table is free, if the others can make room.
  mutating func makesRoom(for booking: Int) -> Bool {
    if limits.isOver() { return false }
    annealer.seating.add(booking)
    if annealer.seating.mayHaveRoom(for: booking) {
      if annealer.seatByDirectMoves(booking) { return true }
      kept.keep(annealer.seating)
      for temperature in Self.temperatures {
        if makesRoom(beginningAt: temperature) { return true }
        kept.restore(&annealer.seating)
      }
    }
    annealer.seating.remove(booking)
    return false
  }

  /// Anneals until all have tables; false if the work is used up.
  private mutating func makesRoom(beginningAt temperature: Double) -> Bool {
    annealer.weights = SearchWeights(seat: 1_000, cover: 60, cost: 3)
    let usual = (annealer.waitingShare, annealer.chainShare)
    (annealer.waitingShare, annealer.chainShare) = (Self.waitingShare, Self.chainShare)
    defer { (annealer.waitingShare, annealer.chainShare) = usual }
    let cooling = Cooling(hottest: temperature, factor: 0.96, levels: Self.levels, work: tryWork)
    return annealer.anneal(cooling, isOver: limits.isOver) { $0.waitingCount == 0 }
  }

  /// Spare seats and extra tables made fewer, everyone accepted keeping a table.
  mutating func tidy() {
    kept.keep(annealer.seating)
    annealer.weights = SearchWeights()
    let kept = kept
    let cooling = Cooling(hottest: 60, factor: 0.94, levels: Self.levels, work: closingWork)
    _ = annealer.anneal(cooling, isOver: limits.isOver) { seating in
      kept.keepIfBetter(seating)
      return false
    }
    kept.restore(&annealer.seating)
  }
}
