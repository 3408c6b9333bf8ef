/// A seating that a search keeps, to compare with and to come back to.
struct KeptSeating<Points: PointSet> {
  private let memory = SearchMemory()
  private let chosen: UnsafeMutableBufferPointer<Int32>
  /// Its score; a column, so that keeping changes no property.
  private let scores: UnsafeMutableBufferPointer<DayScore>

  /// - Parameter count: bookings of the day.
  init(count: Int) {
    chosen = memory.column(repeating: -1, count: count)
    scores = memory.column([DayScore()])
  }

  var score: DayScore { scores[0] }

  /// The choice of each booking, −1 for those without a table.
  var choices: [Int32] { Array(chosen) }

  func keep(_ seating: Seating<Points>) {
    scores[0] = seating.score
    _ = chosen.update(fromContentsOf: seating.chosen)
  }

  @inline(__always)
  func keepIfBetter(_ seating: Seating<Points>) {
    if seating.score > scores[0] { keep(seating) }
  }

  /// Puts everyone back to the tables kept here.
  func restore(_ seating: inout Seating<Points>) {
    for booking in chosen.indices where seating.isSeated(booking) { seating.lift(booking) }
    for booking in chosen.indices where chosen[booking] >= 0 { seating.seat(booking, Int(chosen[booking])) }
  }
}
