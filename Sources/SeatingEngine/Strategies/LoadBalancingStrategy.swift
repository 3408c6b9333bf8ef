import BookingDomain

/// The zone with most free seats at that time.
struct LoadBalancingStrategy: SeatingStrategy {
  let name = StrategyName.loadBalancing

  func strength(of candidate: Candidate, in context: PlanningContext) -> Double {
    context.zone(of: candidate) == context.load.freestZone ? 1 : 0
  }
}
