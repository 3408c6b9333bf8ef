import BookingDomain

extension DayImprovement {
  /// A change of places that costs less: one party to free tables, or to those of another that finds better or as good ones.
  struct Tidying {
    /// Who sits where afterwards.
    var places: [(party: Int, option: Int32)]
    /// By how much ``DayFigures/cost`` falls.
    var gain: Int
    /// Parties that are moved by it and were not before.
    var moves: Int
  }

  /// Spends what is left of the budget on fewer spare seats and joined tables, the most for each move first. Nobody whose
  /// wishes are met loses that.
  mutating func tidy() {
    looksLeft = Int(min(Double(Self.tidyLooks) * max(0, effort), 0x1p60))
    while !isOver() && looksLeft > 0 {
      let found = seating.parties.indices.compactMap { bestTidying(of: $0) }
        .sorted { ($1.rank, $0.places[0].party) < ($0.rank, $1.places[0].party) }
      var isChanged = false
      for tidying in found where apply(tidying) { isChanged = true }
      if !isChanged { return }
    }
  }

  /// The best change that begins with one party; nil if there is none within the budget.
  private mutating func bestTidying(of party: Int) -> Tidying? {
    guard !seating.isWaiting(party), let now = seating.choice(party), now.figure > 0, looksLeft > 0, !isOver()
    else { return nil }
    var best: Tidying?
    for choice in seating.choices(of: party) where choice.figure < now.figure && choice.wishes >= now.wishes {
      looksLeft -= 1
      guard let leaving = seating.conflicts(party, choice.option, limit: 1) else { continue }
      let tidying =
        leaving.first.flatMap { exchange(party, now, for: choice, with: $0) } ?? move(party, now, to: choice, leaving)
      guard let tidying, tidying.gain > 0, tidying.moves <= movesLeft else { continue }
      if best.map({ $0.rank < tidying.rank }) ?? true { best = tidying }
    }
    return best
  }

  private func move(
    _ party: Int, _ now: LiveSeating.Choice, to choice: LiveSeating.Choice, _ leaving: [Int]
  ) -> Tidying? {
    guard leaving.isEmpty else { return nil }
    return Tidying(
      places: [(party, choice.option)], gain: Int(now.figure - choice.figure), moves: newMoves([party]))
  }

  /// The other party takes what is free once the first has left.
  private mutating func exchange(
    _ party: Int, _ now: LiveSeating.Choice, for choice: LiveSeating.Choice, with other: Int
  ) -> Tidying? {
    guard let theirs = seating.choice(other) else { return nil }
    let before = (seating.places[party], seating.places[other])
    seating.lift(party)
    seating.lift(other)
    seating.seat(party, at: choice.option)
    defer {
      seating.lift(party)
      seating.seat(party, at: before.0)
      seating.seat(other, at: before.1)
    }
    for next in seating.choices(of: other) where next.wishes >= theirs.wishes {
      looksLeft -= 1
      let gain = Int(now.figure - choice.figure + theirs.figure - next.figure)
      guard gain > 0, seating.conflicts(other, next.option, limit: 0) != nil else { continue }
      return Tidying(
        places: [(party, choice.option), (other, next.option)], gain: gain, moves: newMoves([party, other]))
    }
    return nil
  }

  private func newMoves(_ parties: [Int]) -> Int {
    parties.count { !seating.parties[$0].tables.isEmpty && !seating.isMoved($0) }
  }

  /// Carries a change out, if those before it have left it possible.
  private mutating func apply(_ tidying: Tidying) -> Bool {
    let before = seating
    guard newMoves(tidying.places.map(\.party)) <= movesLeft else { return false }
    for (party, _) in tidying.places { seating.lift(party) }
    for (party, option) in tidying.places {
      guard seating.conflicts(party, option, limit: 0) != nil else {
        seating = before
        return false
      }
      seating.seat(party, at: option)
    }
    guard seating.figures.isBetter(than: before.figures), seating.moveCount <= budget else {
      seating = before
      return false
    }
    return true
  }
}

extension DayImprovement.Tidying {
  /// Gain for each move; one that moves nobody new comes first.
  fileprivate var rank: Double { Double(gain) / max(0.5, Double(moves)) }
}
