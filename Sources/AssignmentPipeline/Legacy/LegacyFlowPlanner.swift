import AssignmentStore
import BookingDomain
import SeatingEngine

/// The loop that V3 replaces (product specification §7): best fit, else wait 5 s, 15 s, 45 s, then a person. Its events
/// carry the source `auto_assign`, so that queries on `assignment.state_machine` see V3 alone.
struct LegacyFlowPlanner: FlowPlanner {
  let flow = AssignmentFlow.legacy
  /// Stored waits between the quotes.
  let waits: [Duration]

  func plan(_ question: SeatingQuestion, _ snapshot: AvailabilitySnapshot, context: RestaurantContext) -> Planned {
    let plan = context.legacy.quoteTables(question, in: snapshot)
    return Planned(
      ranking: PlanRanking(
        plans: plan.map { [$0] } ?? [], consideredCount: plan == nil ? 0 : 1, rejections: []))
  }

  func whenNoTable(_ job: Job) -> NoTableAction {
    job.failures < waits.count ? .wait(waits[job.failures]) : .review
  }

  func event(_ step: TryStep, of id: BookingID, restaurant: RestaurantID, at time: Timestamp) -> ObservabilityEvent? {
    guard let (type, severity, context) = describe(step) else { return nil }
    return ObservabilityEvent(
      .autoAssign, type, severity: severity, restaurantID: restaurant, bookingID: id, context: context, at: time)
  }

  private typealias Description = (String, ObservabilityEvent.Severity, [String: EventValue])

  private func describe(_ step: TryStep) -> Description? {
    switch step {
    case .started: return ("auto_assign.attempt", .info, [:])
    case .planned(_, let best, let took):
      var context: [String: EventValue] = ["found": .bool(best != nil), "duration_ms": .double(took.inMilliseconds)]
      if let best { context["tables"] = .list(best.tables.map { .string($0.rawValue) }) }
      return ("auto_assign.quote", .info, context)
    case .confirmed(_, let tables, let attempts, let took):
      return (
        "auto_assign.summary", .info,
        [
          "result": "succeeded", "attempts": .int(attempts), "duration_ms": .double(took.inMilliseconds),
          "tables": .list(tables.map { .string($0.rawValue) }),
        ]
      )
    case .review(let reason):
      return ("auto_assign.summary", .warning, ["result": "exhausted", "reason": .string(reason.rawValue)])
    case .failed(let reason):
      return ("auto_assign.summary", .info, ["result": "exhausted", "reason": .string(reason.rawValue)])
    case .error(let code): return ("auto_assign.error", .error, ["code": .string(code)])
    case .lockAcquired, .lockContention, .circuitOpen, .permitAcquired, .rateLimited, .retry, .noop: return nil
    }
  }
}
