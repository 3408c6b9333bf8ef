import BookingDomain

/// One search of ``DayOptimizer``. Every step keeps or improves the day's figures.
struct DayImprovement {
  /// Options that each phase looks at, at an effort of 1.
  private static let phaseLooks = 3_000_000.0

  var search: RoomSearch
  let budget: Int
  let effort: Double
  let isOver: @Sendable () -> Bool
  /// Options that may still be looked at in this phase.
  var looksLeft = 0

  init(_ seating: LiveSeating, budget: Int, effort: Double, isOver: @escaping @Sendable () -> Bool) {
    search = RoomSearch(seating, isOver: isOver)
    self.budget = budget
    self.effort = effort
    self.isOver = isOver
  }

  var seating: LiveSeating {
    get { search.seating }
    set { search.seating = newValue }
    _modify { yield &search.seating }
  }

  mutating func run() {
    let looks = Int(min(Self.phaseLooks * max(0, effort), 0x1p40))
    looksLeft = looks
    seatWaiting(except: nil)
    looksLeft = looks
    exchange()
    looksLeft = looks
    tidy()
  }

  var movesLeft: Int { budget - seating.moveCount }
  var isAtEnd: Bool { looksLeft <= 0 || isOver() }

  /// Those without a table, the largest first.
  private var waiting: [Int] {
    seating.parties.indices.filter { seating.isWaiting($0) }
      .sorted { (seating.size($1), $0) < (seating.size($0), $1) }
  }

  /// Seats whoever can be seated, those that need fewest moves first.
  private mutating func seatWaiting(except left: Int?) {
    var depth = 0
    while depth <= min(movesLeft, RoomSearch.mostMoves) && !isAtEnd {
      for party in waiting where party != left && depth <= movesLeft && !isAtEnd {
        let before = search.looked
        _ = search.makeRoom(for: party, moves: depth...depth, effort: effort)
        looksLeft -= search.looked - before
      }
      depth += 1
    }
  }

  /// Takes one of those newly seated out, if that makes room for more of the others, or for larger ones.
  private mutating func exchange() {
    for party in seating.parties.indices where seating.isNew(party) && !isAtEnd {
      guard !seating.isWaiting(party), !waiting.isEmpty else { continue }
      let (places, before) = (seating.places, Worth(seating))
      seating.lift(party)
      returnHome()
      seatWaiting(except: party)
      seatWaiting(except: nil)
      if !Worth(seating).isBetter(than: before) { seating.restore(places) }
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

/// What a seating is worth: its figures; with the same, fewer moves.
struct Worth {
  private let figures: DayFigures
  private let moves: Int

  init(_ seating: LiveSeating) { (figures, moves) = (seating.figures, seating.moveCount) }

  func isBetter(than other: Worth) -> Bool {
    figures.isBetter(than: other.figures) || (!other.figures.isBetter(than: figures) && moves < other.moves)
  }
}
