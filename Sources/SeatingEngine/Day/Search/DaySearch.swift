/// One search for the best plan of a day: rounds of annealing, each from where the last one ended.
///
/// The rounds depend on the problem, the seed and the stream alone, never on how much time there is, so that a longer
/// search begins like a shorter one and can only end better.
struct DaySearch<Points: PointSet> {
  private var annealer: Annealer<Points>
  private let stream: Int
  private let limits: SearchLimits
  private let effort: DayEffort
  private let best: KeptSeating<Points>
  /// All sit as cheaply as they could if each were alone.
  private let ideal: DayScore

  init(_ problem: DayProblem, stream: Int, limits: SearchLimits) {
    var seating = Seating<Points>(problem)
    for booking in problem.seatable { seating.add(booking) }
    annealer = Annealer(seating, numbers: SearchNumbers(seed: limits.seed, stream: stream))
    best = KeptSeating(count: problem.parties.count)
    effort = DayEffort(problem)
    ideal = problem.ideal
    self.stream = stream
    self.limits = limits
  }

  /// - Returns: what the best plan is worth, and the choice of each booking, −1 for those without a table.
  mutating func run() -> (score: DayScore, choices: [Int32]) {
    annealer.seatGreedily()
    best.keepIfBetter(annealer.seating)
    let end = limits.effort.map(effort.work) ?? .max
    var number = 0
    while annealer.work < end && best.score < ideal && !limits.isOver() {
      anneal(AnnealingRound.number(number, stream: stream, effort: effort), end: end)
      number += 1
    }
    return (best.score, best.choices)
  }

  private mutating func anneal(_ round: AnnealingRound, end: Int) {
    annealer.weights = round.weights
    let best = best
    _ = annealer.anneal(round.cooling, end: end, isOver: limits.isOver) { seating in
      best.keepIfBetter(seating)
      return false
    }
  }
}

/// How a round cools, and what it counts for how much.
struct AnnealingRound {
  var weights: SearchWeights
  var cooling: Cooling

  private static let levels = 1_024
  private static let hottest = 150.0
  private static let coldest = 1.0
  /// Covers against seats, round by round.
  private static let coverWeights = [30.0, 60, 20, 90, 30, 120, 40]
  /// The factor between two levels: the `levels`-th root, which is ten square roots.
  private static let factor: Double = {
    var root = coldest / hottest
    for _ in 0..<10 { root.formSquareRoot() }
    return root
  }()

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
      weights: SearchWeights(cover: coverWeights[(long + stream) % coverWeights.count]),
      cooling: Cooling(hottest: hottest, factor: factor, levels: levels, work: max(levels, work)))
  }
}
