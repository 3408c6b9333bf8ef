import BookingDomain

/// Ranks every table and combination that could take a booking. Pure: the same question on the same snapshot always gets
/// the same answer.
public struct SmartAssignmentEngine: Sendable {
  public let floor: CompiledFloor
  public let demand: DemandForecast
  private let shapes: ServiceShapes
  private let strategies: [any SeatingStrategy] = [
    OptimalFitStrategy(), AdjacencyStrategy(), ZonePreferenceStrategy(), LoadBalancingStrategy(),
    HistoricalSuccessStrategy(),
  ]

  /// Prepares what is expected of each service; make one for each floor and keep it.
  public init(floor: CompiledFloor, demand: DemandForecast? = nil) {
    let demand = demand ?? DemandForecast(restaurant: floor.restaurant)
    self.floor = floor
    self.demand = demand
    shapes = ServiceShapes(floor: floor, demand: demand)
  }

  /// - Parameters:
  ///   - snapshot: of the same floor; the booking's own claims left out.
  ///   - limit: how many plans are wanted. All that are feasible are ranked whatever the limit.
  public func rank(_ question: SeatingQuestion, in snapshot: AvailabilitySnapshot, limit: Int = 5) -> PlanRanking {
    var context = PlanningContext(question, in: snapshot)
    var search = CandidateSearch(context, shape: shapes.shape(of: question.slot), snapshot: snapshot)
    var candidates = search.run()
    context.closestFit = candidates.reduce(.max) { min($0, $1.fitCost) }
    let scorer = PlanScorer(context: context)
    for index in candidates.indices {
      for strategy in strategies {
        let strength = strategy.strength(of: candidates[index], in: context)
        candidates[index].strategy.merge(strategy.name, strength: strength)
      }
      candidates[index].score = scorer.score(candidates[index])
    }
    let best = TopCandidates(candidates, limit: limit).sorted
    return PlanRanking(
      plans: best.map { plan($0, scorer: scorer) }, consideredCount: candidates.count,
      rejections: search.rejections)
  }

  private func plan(_ candidate: Candidate, scorer: PlanScorer) -> SeatingPlan {
    let option = floor.options[candidate.option]
    return SeatingPlan(
      tables: floor.numbers(of: option), combinationName: option.combinationName,
      strategy: candidate.strategy.name, score: candidate.score, parts: scorer.parts(candidate),
      spareSeats: candidate.spareSeats)
  }
}
