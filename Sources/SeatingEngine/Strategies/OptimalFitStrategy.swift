import BookingDomain

/// Least spare seats, fewest tables: proposes everything feasible, the closest fit most strongly.
struct OptimalFitStrategy: SeatingStrategy {
  let name = StrategyName.optimalFit

  func strength(of candidate: Candidate, in context: PlanningContext) -> Double {
    1 / Double(1 + candidate.fitCost - context.closestFit)
  }
}
