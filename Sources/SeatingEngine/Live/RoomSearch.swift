import BookingDomain

/// Looks for the smallest set of moves that makes room for a party.
///
/// Iterative deepening over the number of parties that change tables: with none, then one, and so on; at each depth every
/// chain of moves is tried, whoever gives up tables looking for others in turn. Of the sets with fewest moves the cheapest
/// counts. What is looked at is bounded, so that the answer is the same every time; when the bound is reached, a set may
/// be missed.
struct RoomSearch {
  /// Options that are looked at for one party, before it is said that there is no room.
  static let mostLooks = 400_000
  /// And after the first answer, for a cheaper one with as many moves.
  static let moreLooks = 20_000

  /// Parties that are moved for one at most, whatever the churn budget.
  static let mostMoves = 8
  /// Parties that may leave a place at once on top of those that are counted: they change tables in this plan anyway.
  private static let freeMovers = 4

  private(set) var seating: LiveSeating
  private let looks: Int
  private let isOver: @Sendable () -> Bool
  private var looked = 0
  private var end = 0
  /// Parties that have found their place in the chain at hand.
  private var settled: Set<Int> = []
  /// Somebody would have had to be moved on top.
  private var isLimited = false
  private var best: (cost: Double, places: [LiveSeating.Place])?

  /// - Parameter effort: multiplies what is looked at.
  init(_ seating: LiveSeating, effort: Double = 1, isOver: @escaping @Sendable () -> Bool = { false }) {
    self.seating = seating
    self.isOver = isOver
    looks = Int(min(Double(Self.mostLooks) * max(0, effort), 0x1p60))
  }

  /// Seats a party that waits, moving so many others that have not been moved yet, as few as will do.
  /// - Parameter moves: the party itself counts, if it has lost its tables.
  /// - Returns: false if no such room was found; then everyone sits where they sat.
  mutating func makeRoom(for party: Int, moves: ClosedRange<Int>) -> Bool {
    let itself = seating.parties[party].tables.isEmpty ? 0 : 1
    (looked, end) = (0, looks)
    let before = seating.places[party]
    if before == .lost { seating.lift(party) }
    defer { if seating.places[party] == .nowhere { seating.seat(party, at: before) } }
    var depth = moves.lowerBound - itself
    while depth <= min(moves.upperBound - itself, Self.mostMoves) {
      if depth >= 0 {
        (best, isLimited) = (nil, false)
        settle([party], movesLeft: depth, cost: 0)
        if let best {
          seating.restore(best.places)
          return true
        }
        if looked >= end || !isLimited { return false }
      }
      depth += 1
    }
    return false
  }

  /// Finds places for all of `queue`, the first first.
  private mutating func settle(_ queue: [Int], movesLeft: Int, cost: Double) {
    guard let party = queue.first else { return keep(cost) }
    let rest = Array(queue.dropFirst())
    for choice in seating.choices(of: party) {
      looked += 1
      if looked >= end || (looked % 1_024 == 0 && isOver()) {
        end = min(end, looked)
        return
      }
      guard let leaving = seating.conflicts(party, choice.option), !leaving.contains(where: settled.contains) else {
        continue
      }
      let moves = leaving.count { !seating.isMoved($0) && !seating.parties[$0].tables.isEmpty }
      guard moves <= movesLeft, leaving.count <= moves + Self.freeMovers else {
        isLimited = true
        continue
      }
      take(party, choice, from: leaving, then: rest, movesLeft: movesLeft - moves, cost: cost)
    }
  }

  private mutating func take(
    _ party: Int, _ choice: LiveSeating.Choice, from leaving: [Int], then rest: [Int], movesLeft: Int, cost: Double
  ) {
    let before = leaving.map { seating.places[$0] }
    var cost = cost + choice.cost
    for other in leaving {
      cost -= seating.choice(other)?.cost ?? 0
      seating.lift(other)
    }
    seating.seat(party, at: choice.option)
    settled.insert(party)
    let next = rest + leaving.sorted { harder($0, $1) }
    settle(next, movesLeft: movesLeft, cost: cost)
    settled.remove(party)
    seating.lift(party)
    for (other, place) in zip(leaving, before) { seating.seat(other, at: place) }
  }

  /// Large parties have fewest tables to go to.
  private func harder(_ a: Int, _ b: Int) -> Bool {
    (seating.parties[b].booking.party, a) < (seating.parties[a].booking.party, b)
  }

  private mutating func keep(_ cost: Double) {
    if let best, best.cost <= cost { return }
    if best == nil { end = min(end, looked + Self.moreLooks) }
    best = (cost, seating.places)
  }
}
