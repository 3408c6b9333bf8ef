import BookingDomain

/// What succeeded for like parties in the last 7 days.
struct HistoricalSuccessStrategy: SeatingStrategy {
  let name = StrategyName.historicalSuccess

  func strength(of candidate: Candidate, in context: PlanningContext) -> Double {
    context.history.share(of: candidate.option)
  }
}
