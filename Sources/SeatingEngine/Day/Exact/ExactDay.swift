/// Finds the best plan of a day and proves that none is better, where the day is small enough: linear programs over types of
/// tables, whole numbers by branch and bound, then tables for those types. Where the types promise more than the tables hold,
/// tables that can be joined are told apart.
struct ExactDay {
  /// A plan, and whether it is proven to be the best.
  struct Answer {
    var score: DayScore
    var choices: [Int32]
    var isProven = false
  }

  /// Work in all; see ``WorkBudget``.
  private static let work = 100_000_000
  /// Numbers in the largest program that is tried.
  private static let mostNumbers = 1_500_000
  /// The effort for which it stands, in multiples of what suits the day: a tenth of a second.
  var effort: Double { 0.1 / DayEffort(problem).seconds }

  private let problem: DayProblem
  private let floor: CompiledFloor
  private let types: BoundDemand

  /// - Returns: nil if the day is too large, or seen too coarsely for a proof.
  init?(_ problem: DayProblem, floor: CompiledFloor) {
    types = BoundDemand(problem, floor: floor)
    if problem.isMerged || types.numbers > ExactDay.mostNumbers { return nil }
    self.problem = problem
    self.floor = floor
  }

  /// - Parameters:
  ///   - plan: the best so far.
  ///   - more: a longer search for one, made before tables are told apart, which the better plan pays for.
  ///   - isOver: ends it at once.
  func improve(_ plan: Answer, more: () -> Answer, isOver: @escaping @Sendable () -> Bool) -> Answer {
    var plan = plan
    var budget = WorkBudget(ExactDay.work, isOver: isOver)
    for tellsApart in [false, true] {
      let demand = tellsApart ? BoundDemand(problem, floor: floor, tellsApart: true) : types
      if demand.numbers > ExactDay.mostNumbers { return plan }
      if tellsApart {
        let other = more()
        if other.score > plan.score { plan = other }
      }
      let relaxed = RelaxedDay(
        demand, joints: JointLimits(problem, demand: demand), above: plan.score, budget: &budget)
      plan.isProven = relaxed.isComplete
      guard let uses = relaxed.uses else { return plan }
      var roster = TableRoster(problem, demand: demand, uses: uses)
      if let choices = roster.seat(), problem.score(of: choices) == relaxed.score {
        return Answer(score: relaxed.score, choices: choices, isProven: relaxed.isComplete)
      }
      plan.isProven = false
      if !relaxed.isComplete { return plan }
    }
    return plan
  }
}
