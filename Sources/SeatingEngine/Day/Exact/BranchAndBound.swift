/// Whole numbers for a linear program: branch and bound (A. H. Land, A. G. Doig, "An Automatic Method of Solving Discrete
/// Programming Problems", 1960), depth first. Objectives have whole values.
struct BranchAndBound {
  /// The best value so far; only better ones are looked for.
  private(set) var best: Int
  /// Variables of the best solution that was found, if any.
  private(set) var solution: [Int]?
  /// False if it was ended, so that there may be better ones.
  private(set) var isComplete = true
  /// Groups of variables whose sums are whole in every solution, in the order in which they are branched on; the last are
  /// the variables themselves.
  private let sums: [[[Int]]]

  private static let tolerance = 1e-3

  init(above best: Int, sums: [[[Int]]]) {
    self.best = best
    self.sums = sums
  }

  /// - Parameter node: at its best corner.
  mutating func search(_ node: LinearProgram, budget: inout WorkBudget) {
    if SeatingBound.whole(node.value) <= best { return }
    let values = node.values
    guard let (group, sum) = split(values) else {
      best = SeatingBound.whole(node.value)
      solution = values.map { Int($0.rounded()) }
      return
    }
    let below = sum.rounded(.down)
    let upFirst = sum - below > 0.4
    for up in [upFirst, !upFirst] {
      var child = node
      budget.spend(child.size / 4)
      if up {
        child.add(group.map { ($0, -1) }, atMost: -(below + 1))
      } else {
        child.add(group.map { ($0, 1) }, atMost: below)
      }
      switch child.repair(budget: &budget) {
      case .best: search(child, budget: &budget)
      case .impossible: break
      case .ended: isComplete = false
      }
      if !isComplete { return }
    }
  }

  /// The first kind of sums that are not all whole, and of them the one farthest from it.
  private func split(_ values: [Double]) -> (group: [Int], sum: Double)? {
    for groups in sums {
      let totals = groups.map { group in group.reduce(0) { $0 + values[$1] } }
      let distances = totals.map { ($0 - $0.rounded()).magnitude }
      guard let far = distances.indices.max(by: { distances[$0] < distances[$1] }) else { continue }
      if distances[far] > BranchAndBound.tolerance { return (groups[far], totals[far]) }
    }
    return nil
  }
}
