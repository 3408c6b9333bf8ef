import AssignmentStore
import BookingDomain
import SeatingEngine

/// Plans with all strategies and tells the coordinator's events.
struct V3Planner: FlowPlanner {
  let flow = AssignmentFlow.v3
  let limit: Int

  func plan(_ question: SeatingQuestion, _ snapshot: AvailabilitySnapshot, context: RestaurantContext) -> Planned {
    let ranking = context.engine.rank(question, in: snapshot, limit: limit)
    return Planned(
      ranking: ranking,
      record: DecisionRecord(question: question, snapshot: snapshot, ranking: ranking, limit: limit))
  }

  func whenNoTable(_ job: Job) -> NoTableAction { .review }

  func event(_ step: TryStep, of id: BookingID, restaurant: RestaurantID, at time: Timestamp) -> ObservabilityEvent? {
    let (source, type, severity, context) = describe(step)
    return ObservabilityEvent(
      source, type, severity: severity, restaurantID: restaurant, bookingID: id, context: context, at: time)
  }

  private typealias Description = (EventSource, String, ObservabilityEvent.Severity, [String: EventValue])

  private func describe(_ step: TryStep) -> Description {
    switch step {
    case .started: (.coordinator, "coordinator.start", .info, ["mode": "v3"])
    case .lockAcquired(let waited):
      (.coordinator, "coordinator.lock_acquired", .info, ["wait_ms": .double(waited.inMilliseconds)])
    case .lockContention: (.coordinator, "coordinator.lock_contention", .info, [:])
    case .circuitOpen(let dependency, let retryAfter):
      (
        .coordinator, "coordinator.circuit_open", .warning,
        [
          "circuit_status": "open", "dependency": .string(dependency),
          "retry_after_ms": .double(retryAfter.inMilliseconds),
        ]
      )
    case .permitAcquired: (.coordinator, "coordinator.rate_permit_acquired", .info, [:])
    case .rateLimited: (.coordinator, "coordinator.rate_limited", .info, [:])
    case .planned(let considered, let best, let took): planned(considered, best, took)
    case .confirmed(let strategy, let tables, let attempts, let took):
      (
        .coordinator, "coordinator.confirmed", .info,
        [
          "strategy": .string(strategy.rawValue), "tables": .list(tables.map { .string($0.rawValue) }),
          "attempts": .int(attempts), "duration_ms": .double(took.inMilliseconds),
        ]
      )
    case .retry(let reason, let delay):
      (
        .coordinator, "coordinator.retry", .info,
        ["reason": .string(reason.rawValue), "delay_ms": .double(delay.inMilliseconds)]
      )
    case .review(let reason):
      (.coordinator, "coordinator.manual_review", .warning, ["reason": .string(reason.rawValue)])
    case .failed(let reason): (.coordinator, "coordinator.failed", .info, ["reason": .string(reason.rawValue)])
    case .noop(let reason): (.coordinator, "coordinator.noop", .info, ["reason": .string(reason.rawValue)])
    case .error(let code): (.coordinator, "coordinator.error", .error, ["code": .string(code)])
    }
  }

  private func planned(_ considered: Int, _ best: SeatingPlan?, _ took: Duration) -> Description {
    var context: [String: EventValue] = ["considered": .int(considered), "duration_ms": .double(took.inMilliseconds)]
    if let best {
      context["tables"] = .list(best.tables.map { .string($0.rawValue) })
      context["score"] = .double(best.score)
      context["parts"] = .object(
        Dictionary(best.parts.map { ($0.name.rawValue, .double($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
    return (.engine, "engine.planned", .info, context)
  }
}
