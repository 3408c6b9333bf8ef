/// One search for the best plan of a day: rounds of annealing, each from the best plan so far.
///
/// The rounds depend on the problem, the seed and the stream alone, never on how much time there is, so that a longer
/// search begins like a shorter one and can only end better.
struct DaySearch<Points: PointSet> {
  private var annealer: Annealer<Points>
  private let stream: Int
  private let limits: SearchLimits
  private let effort: DayEffort
  private let best: UnsafeMutableBufferPointer<Int32>
  private(set) var bestScore = DayScore()
  private let memory = SearchMemory()

  init(_ problem: DayProblem, stream: Int, limits: SearchLimits) {
    var seating = Seating<Points>(problem)
    for booking in problem.parties.indices { seating.add(booking) }
    annealer = Annealer(seating, numbers: SearchNumbers(seed: limits.seed, stream: stream))
    best = memory.column(repeating: -1, count: problem.parties.count)
    effort = DayEffort(problem)
    self.stream = stream
    self.limits = limits
  }

  /// - Returns: the choice of each booking, −1 for those without a table.
  mutating func run() -> [Int32] {
    annealer.seatGreedily()
    keepIfBest()
    let end = limits.effort.map(effort.work) ?? .max
    var number = 0
    while annealer.work < end && !isPerfect && !limits.isOver() {
      anneal(AnnealingRound.number(number, stream: stream, effort: effort), end: end)
      number += 1
    }
    return Array(best)
  }

  private mutating func anneal(_ round: AnnealingRound, end: Int) {
    annealer.weights = round.weights
    annealer.temperature = round.hottest
    let begin = annealer.work
    for level in 1...AnnealingRound.levels {
      let until = min(end, begin + round.work * level / AnnealingRound.levels)
      while annealer.work < until {
        annealer.step()
        keepIfBest()
      }
      if annealer.work >= end || limits.isOver() { return }
      annealer.temperature *= round.cooling
    }
  }

  @inline(__always)
  private mutating func keepIfBest() {
    if annealer.seating.score > bestScore {
      bestScore = annealer.seating.score
      _ = best.update(fromContentsOf: annealer.seating.chosen)
    }
  }

  /// All sit as cheaply as they could if each were alone.
  private var isPerfect: Bool {
    let parties = annealer.seating.parties
    var ideal = DayScore()
    for index in 0..<annealer.seating.problem.parties.count where parties[index].choiceCount > 0 {
      ideal.seated += 1
      ideal.covers += Int(parties[index].size)
      ideal.cost += Int(annealer.seating.choices[Int(parties[index].firstChoice)].cost)
    }
    return bestScore >= ideal
  }
}

/// How a round cools, and what it counts for how much.
struct AnnealingRound {
  var weights: SearchWeights
  var hottest: Double
  var work: Int
  private var coldest: Double

  static let levels = 1_024
  /// Covers against seats, round by round.
  private static let coverWeights = [30.0, 60, 20, 90, 30, 120, 40]

  /// Two short rounds, so that a search that is ended early has a good plan, then long ones, longer and longer.
  static func number(_ number: Int, stream: Int, effort: DayEffort) -> AnnealingRound {
    let long = max(0, number - 2)
    let work =
      switch number {
      case 0: effort.roundWork / 16
      case 1: effort.roundWork / 4
      default: effort.roundWork << min(20, long / effort.rounds)
      }
    return AnnealingRound(
      weights: SearchWeights(cover: coverWeights[(long + stream) % coverWeights.count]), hottest: 150,
      work: max(levels, work), coldest: 1)
  }

  /// The factor between two levels: the `levels`-th root, which is ten square roots.
  var cooling: Double {
    var root = coldest / hottest
    for _ in 0..<10 { root.formSquareRoot() }
    return root
  }
}
