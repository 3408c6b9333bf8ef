import AssignmentStore
import BookingDomain
import SeatingEngine

/// The part in which the two flows differ: how tables are chosen, what happens when there are none, what is told.
protocol FlowPlanner: Sendable {
  var flow: AssignmentFlow { get }
  /// Plans best first, with the record of the decision. Called on a thread of its own; see ``PlanningThreads``.
  func plan(
    _ question: SeatingQuestion, _ snapshot: AvailabilitySnapshot, context: RestaurantContext
  ) throws -> Planned
  /// What to do when no table is free and no foreign hold is in the way.
  func whenNoTable(_ job: Job) -> NoTableAction
  /// The event for a step of a try, or nil where the flow does not tell it.
  func event(_ step: TryStep, of id: BookingID, restaurant: RestaurantID, at time: Timestamp) -> ObservabilityEvent?
}

/// Plans of one decision.
struct Planned: Sendable {
  var ranking: PlanRanking
  /// Nil where the flow keeps no record.
  var record: DecisionRecord?

  var plans: [SeatingPlan] { ranking.plans }

  /// What makes one of the plans impossible on the floor, whatever is free: a planner that proposes such a thing is sick.
  func flaw(on floor: CompiledFloor, for question: SeatingQuestion) -> TableChoiceError? {
    for plan in plans {
      do throws(TableChoiceError) {
        try floor.check(
          tables: plan.tables, party: question.party, extraChairs: question.extraChairs,
          accessible: question.wishes.needsAccessibleTable)
      } catch { return error }
    }
    return nil
  }
}

extension PipelineEnvironment {
  /// Asks a planner, within a time limit.
  /// - Parameter limit: that of the settings unless given.
  func ask(
    _ planner: some FlowPlanner, _ question: SeatingQuestion, _ snapshot: AvailabilitySnapshot,
    context: RestaurantContext, within limit: Duration? = nil
  ) async -> PlanningAnswer<Planned> {
    let faults = faults
    let call = PlannerCall(
      flow: planner.flow, restaurant: context.restaurant.id, booking: question.bookingID,
      limit: limit ?? settings.planningLimit)
    return await compute(for: context.restaurant.id, within: limit) {
      var planned = try planner.plan(question, snapshot, context: context)
      planned.ranking.plans = try faults.spoil(planned.ranking.plans, of: call)
      return planned
    }
  }
}

/// What a flow does when no table is free.
enum NoTableAction: Sendable, Hashable {
  case review
  case wait(Duration)
}

/// Steps of a try that are told as events.
enum TryStep: Sendable {
  case started
  case lockAcquired(waited: Duration)
  case lockContention
  case circuitOpen(dependency: String, retryAfter: Duration)
  case permitAcquired
  case rateLimited
  case planned(considered: Int, best: SeatingPlan?, took: Duration)
  case confirmed(strategy: StrategyName, tables: [TableNumber], attempts: Int, took: Duration)
  case retry(reason: OutcomeReason, delay: Duration)
  case review(reason: OutcomeReason)
  case failed(reason: OutcomeReason)
  case noop(reason: OutcomeReason)
  /// A fault of the system, by its code.
  case error(code: String)
}
