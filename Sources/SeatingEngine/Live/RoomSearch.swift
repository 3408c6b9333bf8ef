import BookingDomain

/// Looks for the smallest set of moves that makes room for a party.
///
/// Iterative deepening over the number of parties that change tables: with none, then one, and so on; at each depth every
/// chain of moves is tried, whoever gives up tables looking for others in turn. Of the sets with fewest moves the cheapest
/// counts. What is looked at is bounded, so that the answer is the same every time; when the bound is reached, a set may
/// be missed.
struct RoomSearch {
  /// What came of a search.
  enum Answer {
    case found
    /// None with so few moves, or none before the bound was reached.
    case notFound
    /// However many were moved, the search would end the same way.
    case impossible
  }

  /// Options that are looked at for one party at an effort of 1, before it is said that there is no room.
  private static let mostLooks = 150_000.0
  /// And after the first answer, for a cheaper one with as many moves.
  static let moreLooks = 4_000
  /// Parties that are moved for one at most, whatever the churn budget.
  static let mostMoves = 8
  /// Parties that may leave a place at once on top of those that are counted: they change tables in this plan anyway.
  private static let freeMovers = 4

  var seating: LiveSeating
  /// Options looked at by all searches so far.
  private(set) var looked = 0
  private let isOver: @Sendable () -> Bool
  private var end = 0
  /// Parties that have found their place in the chain at hand.
  private var isSettled: [Bool]
  /// Somebody would have had to be moved on top.
  private var isLimited = false
  private var best: (cost: Double, places: [LiveSeating.Place])?

  init(_ seating: LiveSeating, isOver: @escaping @Sendable () -> Bool = { false }) {
    self.seating = seating
    self.isOver = isOver
    isSettled = Array(repeating: false, count: seating.parties.count)
  }

  /// Seats a party that waits, moving so many others that have not been moved yet, as few as will do.
  /// - Parameters:
  ///   - moves: the party itself counts, if it has lost its tables.
  ///   - looks: options that are looked at, at most; see ``looks(_:)``.
  /// - Returns: unless it is `found`, everyone sits where they sat.
  mutating func makeRoom(for party: Int, moves: ClosedRange<Int>, looks: Int) -> Answer {
    let itself = seating.isNew(party) ? 0 : 1
    end = looked + looks
    let before = seating.places[party]
    if before == .lost { seating.lift(party) }
    defer { if seating.places[party] == .nowhere, before == .lost { seating.seat(party, at: before) } }
    var depth = moves.lowerBound - itself
    while depth <= min(moves.upperBound - itself, Self.mostMoves) {
      if depth >= 0 {
        (best, isLimited) = (nil, false)
        settle([party], at: 0, movesLeft: depth, cost: 0)
        if let best {
          seating.restore(best.places)
          return .found
        }
        if looked >= end { return .notFound }
        if !isLimited { return .impossible }
      }
      depth += 1
    }
    return .notFound
  }

  /// Looks for one party at some effort.
  static func looks(_ effort: Double) -> Int { Int(min(mostLooks * max(0, effort), 0x1p40)) }

  /// Finds places for those of `queue` from `index` on, the first first.
  private mutating func settle(_ queue: [Int], at index: Int, movesLeft: Int, cost: Double) {
    guard index < queue.count else { return keep(cost) }
    let party = queue[index]
    for choice in seating.choices(of: party) {
      looked += 1
      if looked >= end || (looked % 1_024 == 0 && isOver()) {
        end = min(end, looked)
        return
      }
      let limit = movesLeft + Self.freeMovers
      guard let leaving = seating.leaving(party, choice.option, moves: movesLeft, limit: limit) else {
        isLimited = true
        continue
      }
      if leaving.contains(where: { isSettled[$0] }) { continue }
      let moves = leaving.count { seating.countsAsMove($0) }
      take(party, choice, from: leaving, queue, index, movesLeft: movesLeft - moves, cost: cost)
    }
  }

  private mutating func take(
    _ party: Int, _ choice: LiveSeating.Choice, from leaving: [Int], _ queue: [Int], _ index: Int, movesLeft: Int,
    cost: Double
  ) {
    let before = leaving.map { seating.places[$0] }
    var cost = cost + choice.cost
    for other in leaving {
      cost -= seating.choice(other)?.cost ?? 0
      seating.lift(other)
    }
    seating.seat(party, at: choice.option)
    isSettled[party] = true
    let next = leaving.isEmpty ? queue : queue + leaving.sorted { isHarder($0, $1) }
    settle(next, at: index + 1, movesLeft: movesLeft, cost: cost)
    isSettled[party] = false
    seating.lift(party)
    for (other, place) in zip(leaving, before) { seating.seat(other, at: place) }
  }

  /// Large parties have fewest tables to go to.
  private func isHarder(_ a: Int, _ b: Int) -> Bool {
    (seating.size(b), a) < (seating.size(a), b)
  }

  private mutating func keep(_ cost: Double) {
    if let best, best.cost <= cost { return }
    if best == nil { end = min(end, looked + Self.moreLooks) }
    best = (cost, seating.places)
  }
}
