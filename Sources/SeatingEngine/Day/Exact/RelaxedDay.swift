/// The best plan of a day over types of tables: no plan is better, and it is one if the tables can be told apart.
struct RelaxedDay {
  /// So many bookings of a kind on the tables of a pattern.
  typealias Use = (kind: Int, pattern: Int, count: Int)

  /// Of the plan given, or of the better one that was found.
  private(set) var score: DayScore
  /// The better one, if one was found.
  private(set) var uses: [Use]?
  /// False if it was ended before all was proven.
  private(set) var isComplete = true

  private static let weights = [1_000.0, 30, 1]

  /// - Parameter score: of a real plan.
  init(_ demand: BoundDemand, joints: JointLimits, above score: DayScore, budget: inout WorkBudget) {
    self.score = score
    let day = DayProgram(demand, joints: joints)
    let sums = [
      day.grouped { demand.kinds[$0.kind].size }, day.grouped { $0.kind }, day.variables.indices.map { [$0] },
    ]
    var root = day.program
    // All three at once, roughly: near the best corner of each, from where it is not far.
    root.maximise(
      day.goals.indices.flatMap { goal in
        day.goals[goal].map { ($0.variable, RelaxedDay.weights[goal] * $0.factor) }
      })
    _ = root.solve(budget: &budget)
    for goal in day.goals.indices {
      root.maximise(day.goals[goal])
      var tree = BranchAndBound(above: self.score.values[goal], sums: sums)
      guard root.solve(budget: &budget) == .best else {
        isComplete = false
        return
      }
      tree.search(root, budget: &budget)
      if let solution = tree.solution { take(solution, day) }
      if !tree.isComplete {
        isComplete = false
        return
      }
      root.add(day.goals[goal].map { ($0.variable, -$0.factor) }, atMost: -Double(self.score.values[goal]))
    }
  }

  private mutating func take(_ solution: [Int], _ day: DayProgram) {
    let values = day.goals.map { terms in terms.reduce(0) { $0 + Int($1.factor) * solution[$1.variable] } }
    score = DayScore(seated: values[0], covers: values[1], cost: -values[2])
    uses = solution.indices.filter { solution[$0] > 0 }.map {
      (day.variables[$0].kind, day.variables[$0].pattern, solution[$0])
    }
  }
}
