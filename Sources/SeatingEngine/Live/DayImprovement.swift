import BookingDomain

/// One search of ``DayOptimizer``. Every step keeps or improves the day's figures.
struct DayImprovement {
  var seating: LiveSeating
  let budget: Int
  /// Options that may still be looked at to make things tidy.
  var looksLeft = 0
  static let tidyLooks = 2_000_000
  let effort: Double
  let isOver: @Sendable () -> Bool

  init(_ seating: LiveSeating, budget: Int, effort: Double, isOver: @escaping @Sendable () -> Bool) {
    self.seating = seating
    self.budget = budget
    self.effort = effort
    self.isOver = isOver
  }

  mutating func run() {
    seatWaiting(except: nil)
    exchange()
    tidy()
  }

  var movesLeft: Int { budget - seating.moveCount }

  /// Those without a table, the largest first.
  private var waiting: [Int] {
    seating.parties.indices.filter { seating.isWaiting($0) }
      .sorted { (seating.parties[$1].booking.party, $0) < (seating.parties[$0].booking.party, $1) }
  }

  /// Seats whoever can be seated, those that need fewest moves first.
  private mutating func seatWaiting(except left: Int?) {
    var depth = 0
    while depth <= min(movesLeft, RoomSearch.mostMoves) && !isOver() {
      var isChanged = false
      for party in waiting where party != left && depth <= movesLeft {
        if makeRoom(for: party, moves: depth) { isChanged = true }
      }
      depth = isChanged ? 0 : depth + 1
    }
  }

  private mutating func makeRoom(for party: Int, moves: Int) -> Bool {
    var search = RoomSearch(seating, effort: effort, isOver: isOver)
    guard search.makeRoom(for: party, moves: moves...moves) else { return false }
    seating = search.seating
    return true
  }

  /// Takes one of those newly seated out, if that makes room for more of the others, or for larger ones.
  private mutating func exchange() {
    for party in seating.parties.indices where seating.parties[party].tables.isEmpty && !isOver() {
      guard !seating.isWaiting(party), !waiting.isEmpty else { continue }
      let before = seating
      seating.lift(party)
      returnHome()
      seatWaiting(except: party)
      seatWaiting(except: nil)
      if !seating.isBetter(than: before) { seating = before }
    }
  }

  /// Those who were moved for a party that is out again, and whose own tables are free.
  private mutating func returnHome() {
    for party in seating.parties.indices where seating.isMoved(party) && seating.isOwnFree(party) {
      seating.lift(party)
      seating.seat(party, at: .own)
    }
  }
}
