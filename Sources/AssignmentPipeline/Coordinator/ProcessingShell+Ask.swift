import AssignmentStore
import BookingDomain
import Logging
import Resilience
import SeatingEngine

extension ProcessingShell {
  /// What came of asking the planner.
  enum Asked: Sendable {
    case planned(Planned, took: Duration)
    /// The try ends here.
    case ended(Outcome)
  }

  /// Asks the planner, within its time and behind its breaker.
  ///
  /// One that hangs, throws, or proposes what the floor does not have is a fault of the system: the try ends, permit and
  /// lease are given back, and nothing that the planner may still say is heard.
  func ask(
    _ snapshot: AvailabilitySnapshot, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Asked {
    let breaker = environment.breakers[.engine(current.booking.restaurantID)]
    let ticket: BreakerBoard.Breaker.Ticket
    switch breaker.admit() {
    case .rejected(let retryAfter): return .ended(try await sick(breaker, retryAfter, &current, planner: planner))
    case .admitted(let admitted): ticket = admitted
    }
    let question = current.question(now: environment.businessClock.now(for: current.id))
    let answer = await environment.ask(planner, question, snapshot, context: current.context)
    let verdict = PlannerVerdict(
      answer, limit: environment.settings.planningLimit, floor: current.context.floor, question: question)
    breaker.finish(ticket, failed: verdict.isFailure)
    switch verdict {
    case .sound(let planned, let took): return .planned(planned, took: took)
    case .late: return .ended(try await fault(.timeout, code: "planning_timeout", &current, planner: planner))
    case .broken(let code, let detail):
      environment.logger.error(
        "\(code): \(detail)", metadata: current.booking.logged, source: EventSource.engine.rawValue)
      return .ended(try await fault(.systemError, code: code, &current, planner: planner))
    case .refused:
      return .ended(try await sick(breaker, breaker.settings.coolDown, &current, planner: planner))
    }
  }

  /// The planner is sick: the booking waits, or goes to a person when that lasts and the guest comes soon.
  private func sick(
    _ breaker: BreakerBoard.Breaker, _ retryAfter: Duration, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    let restaurant = current.booking.restaurantID
    note(
      .circuitOpen(dependency: "\(BreakerBoard.Dependency.engine(restaurant))", retryAfter: retryAfter), in: &current,
      planner)
    if let openFor = breaker.openFor, openFor > environment.settings.breakerPatience,
      environment.startsSoon(current.booking)
    {
      return try await end(.manualReview, cause: .breakerOpen, reason: .circuitOpen, &current, planner: planner)
    }
    return try await wait(retryAfter, reason: .circuitOpen, countsAsAttempt: false, &current, planner: planner)
  }
}

extension PipelineEnvironment {
  /// Whether a party comes so soon that a person must see to it when something stays sick.
  func startsSoon(_ booking: Booking) -> Bool {
    booking.slot.dining.start.since(businessClock.now(for: booking.id)) < settings.dueSoon
  }
}

/// What a planner's answer is worth.
private enum PlannerVerdict {
  case sound(Planned, took: Duration)
  case late
  /// A code, and what is wrong, without personal data.
  case broken(code: String, detail: String)
  case refused

  init(_ answer: PlanningAnswer<Planned>, limit: Duration, floor: CompiledFloor, question: SeatingQuestion) {
    switch answer {
    case .finished(_, let took) where took > limit: self = .late
    case .finished(let planned, let took):
      let flaw = planned.flaw(on: floor, for: question)
      self = flaw.map { .broken(code: "impossible_plan", detail: $0.code) } ?? .sound(planned, took: took)
    case .failed(let kind): self = .broken(code: "planner_failed", detail: kind)
    case .timedOut: self = .late
    case .refused: self = .refused
    }
  }

  var isFailure: Bool {
    if case .sound = self { return false }
    return true
  }
}
