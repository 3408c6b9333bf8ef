import BookingDomain

/// Connected combinations, compact ones first.
struct AdjacencyStrategy: SeatingStrategy {
  let name = StrategyName.adjacency

  func strength(of candidate: Candidate, in context: PlanningContext) -> Double {
    candidate.extraTables == 0 ? 0 : context.floor.columns.compactness[candidate.option]
  }
}
