import BookingDomain

/// One search of ``DayOptimizer``. Every step keeps or improves the day's figures.
struct DayImprovement {
  /// Options that each phase looks at, for each table of the floor, at an effort of 1.
  private static let looksPerTable = 40_000.0
  /// And on the largest floors.
  private static let mostLooks = 12_000_000.0

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
    let atOne = min(Self.looksPerTable * Double(seating.floor.tables.count), Self.mostLooks)
    let looks = Int(min(atOne * max(0, effort), 0x1p40))
    looksLeft = looks
    _ = seatWaiting(except: nil)
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
  /// - Returns: whether anybody was.
  private mutating func seatWaiting(except left: Int?) -> Bool {
    var (depth, isAnySeated): (Int, Bool) = (0, false)
    // Those for whom no number of moves makes room, as long as nobody else changes places.
    var hopeless: Set<Int> = []
    while depth <= min(movesLeft, RoomSearch.mostMoves) && !isAtEnd {
      let asked = waiting.filter { $0 != left && !hopeless.contains($0) }
      if asked.isEmpty { break }
      for (index, party) in asked.enumerated() where depth <= movesLeft && !isAtEnd {
        switch makeRoom(for: party, moves: depth, share: asked.count - index) {
        case .found: (isAnySeated, hopeless) = (true, [])
        case .impossible: hopeless.insert(party)
        case .notFound: break
        }
      }
      depth += 1
    }
    return isAnySeated
  }

  /// - Parameter share: so many parties share what may still be looked at; what one leaves goes to the next.
  private mutating func makeRoom(for party: Int, moves: Int, share: Int) -> RoomSearch.Answer {
    guard seating.isWaiting(party) else { return .notFound }
    let before = search.looked
    let looks = min(RoomSearch.looks(effort), max(1, looksLeft / share))
    defer { looksLeft -= search.looked - before }
    return search.makeRoom(for: party, moves: moves...moves, looks: looks)
  }

  /// Takes one of those newly seated out, if that makes room for more of the others, or for larger ones. Each has its
  /// share of what may be looked at.
  private mutating func exchange() {
    let candidates = seating.parties.indices.filter { seating.isNew($0) && !seating.isWaiting($0) }
    var left = looksLeft
    for (index, party) in candidates.enumerated() where !isOver() {
      guard !seating.isWaiting(party), !waiting.isEmpty else { continue }
      let share = left / (candidates.count - index)
      looksLeft = share
      exchange(party)
      left -= share - looksLeft
    }
  }

  private mutating func exchange(_ party: Int) {
    let (places, before) = (seating.places, Worth(seating))
    seating.lift(party)
    returnHome()
    if seatWaiting(except: party) { _ = seatWaiting(except: nil) }
    if !Worth(seating).isBetter(than: before) { seating.restore(places) }
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
