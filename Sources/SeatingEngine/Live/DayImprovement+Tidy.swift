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

    /// Gain for each move; one that moves nobody new comes first.
    var rank: Double { Double(gain) / max(0.5, Double(moves)) }
  }

  /// Spends what is left of the budget on fewer spare seats and joined tables, the most for each move first. Nobody whose
  /// wishes are met loses that.
  mutating func tidy() {
    while !isAtEnd {
      let found = seating.parties.indices.compactMap { bestTidying(of: $0) }
        .sorted { ($1.rank, $0.places[0].party) < ($0.rank, $1.places[0].party) }
      var isChanged = false
      for tidying in found where apply(tidying) { isChanged = true }
      if !isChanged { return }
    }
  }

  /// The best change that begins with one party; nil if there is none within the budget.
  private mutating func bestTidying(of party: Int) -> Tidying? {
    guard !seating.isWaiting(party), let now = seating.choice(party), now.figure > 0, !isAtEnd else { return nil }
    let left = movesLeft
    var best: Tidying?
    for choice in seating.choices(of: party) where choice.figure < now.figure && choice.wishes >= now.wishes {
      looksLeft -= 1
      guard let leaving = seating.leaving(party, choice.option, moves: 1, limit: 1) else { continue }
      let tidying =
        leaving.first.map { exchange(party, now, for: choice, with: $0) }
        ?? Tidying(places: [(party, choice.option)], gain: Int(now.figure - choice.figure), moves: newMoves([party]))
      guard let tidying, tidying.gain > 0, tidying.moves <= left else { continue }
      if best.map({ $0.rank < tidying.rank }) ?? true { best = tidying }
    }
    return best
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
      let gain = Int(now.figure - choice.figure + theirs.figure - next.figure)
      if gain <= 0 { continue }
      looksLeft -= 1
      guard seating.isFree(other, next.option) else { continue }
      return Tidying(
        places: [(party, choice.option), (other, next.option)], gain: gain, moves: newMoves([party, other]))
    }
    return nil
  }

  private func newMoves(_ parties: [Int]) -> Int { parties.count { seating.countsAsMove($0) } }

  /// Carries a change out, if those before it have left it possible.
  private mutating func apply(_ tidying: Tidying) -> Bool {
    let parties = tidying.places.map(\.party)
    guard newMoves(parties) <= movesLeft else { return false }
    let (before, places) = (seating.figures, parties.map { seating.places[$0] })
    for party in parties { seating.lift(party) }
    for (party, option) in tidying.places where seating.isFree(party, option) { seating.seat(party, at: option) }
    let isDone = parties.allSatisfy { seating.places[$0] != .nowhere }
    if isDone, seating.figures.isBetter(than: before), seating.moveCount <= budget { return true }
    for party in parties where seating.places[party] != .nowhere { seating.lift(party) }
    for (party, place) in zip(parties, places) { seating.seat(party, at: place) }
    return false
  }
}
