import AssignmentStore
import BookingDomain
import SeatingEngine

/// V3's whole way of a booking on one snapshot: verified, queued, planned, and confirmed, sent to a person, or left to wait.
/// Pure but for the clock; nothing is read and nothing is written.
struct ShadowTrial: Sendable {
  let v3: any FlowPlanner
  let legacy: LegacyFlowPlanner
  let machine: BookingStateMachine
  let clock: SteadyClock
  let faults: any FaultPoints
  /// Nobody waits for it any longer.
  let limit: Duration

  /// - Parameter time: of the row and the events.
  /// - Throws: what the planner throws, or ``ShadowFault/impossiblePlan``.
  func run(_ item: ShadowCase, at time: Timestamp) throws -> ShadowFinding {
    var way = BookingMutation(creating: BookingRecord(undecided: item.booking), context: context(time))
    let side = try decide(item, &way, at: time)
    let noise = NoiseSample.contains(item.booking.id) ? noise(item) : nil
    var comparison = ShadowComparison(
      item, v3: side, verdict: ShadowVerdict(legacy: item.legacyFind, v3: ShadowFind(side)), at: time)
    comparison.noiseVerdict = noise?.verdict
    return ShadowFinding(
      comparison: comparison,
      events: machine.imagined(way) + [comparison.event(trace: item.booking.trace, noise: noise?.find)])
  }

  private func decide(_ item: ShadowCase, _ way: inout BookingMutation, at time: Timestamp) throws -> ShadowSide {
    if let rejection = rejection(of: item) {
      try way.transition(to: .failed, cause: .reject, reason: OutcomeReason(rejection), context: context(time))
      return ShadowSide(outcome: AssignmentState.failed.rawValue)
    }
    try way.transition(to: .capacityVerified, cause: .verify, context: context(time))
    try way.transition(to: .assignmentPending, cause: .queue, context: context(time))
    try way.transition(to: .assignmentInProgress, cause: .start, context: context(time))
    let began = clock.now
    let planned = try plan(item, item.reading.snapshot)
    var side = try seat(planned, item, &way, at: time)
    side.milliseconds = began.duration(to: clock.now).inMilliseconds
    return side
  }

  /// The rules were the deciding flow's to ask, with the pacing of that moment; here they are asked once more for what does
  /// not depend on others, as of the time at which it was booked.
  private func rejection(of item: ShadowCase) -> CapacityRejection? {
    do throws(CapacityRejection) {
      _ = try item.context.verifier.verify(
        CapacityRequest(item.booking), now: min(item.question.now, item.booking.createdAt),
        load: PacingLoad(StartLoad()),
        fit: { item.context.fit(of: $0, wishes: item.booking.wishes) })
      return nil
    } catch { return error }
  }

  private func plan(_ item: ShadowCase, _ snapshot: AvailabilitySnapshot) throws -> Planned {
    var planned = try v3.plan(item.question, snapshot, context: item.context)
    let call = PlannerCall(
      flow: v3.flow, restaurant: item.booking.restaurantID, booking: item.booking.id, isShadow: true, limit: limit)
    planned.ranking.plans = try faults.spoil(planned.ranking.plans, of: call)
    if planned.flaw(on: item.context.floor, for: item.question) != nil { throw ShadowFault.impossiblePlan }
    return planned
  }

  private func seat(
    _ planned: Planned, _ item: ShadowCase, _ way: inout BookingMutation, at time: Timestamp
  ) throws -> ShadowSide {
    guard let plan = planned.plans.first else { return try leave(item, &way, at: time) }
    if item.context.restaurant.automation == .suggest {
      try way.transition(to: .manualReview, cause: .giveUp, reason: .suggestOnly, context: context(time))
    } else {
      try way.transition(to: .assigned, cause: .assign, context: context(time))
      try way.transition(to: .confirmed, cause: .confirm, context: context(time))
    }
    return ShadowSide(outcome: way.booking.state.rawValue, tables: plan.tables, spareSeats: plan.spareSeats)
  }

  /// A foreign hold in the way is waited for, a full house goes to a person.
  private func leave(_ item: ShadowCase, _ way: inout BookingMutation, at time: Timestamp) throws -> ShadowSide {
    if item.reading.firstHoldEnd != nil, try !plan(item, item.reading.withoutHolds).plans.isEmpty {
      try way.transition(to: .assignmentPending, cause: .retry, reason: .holdConflict, context: context(time))
      return ShadowSide(outcome: "retry")
    }
    try way.transition(to: .manualReview, cause: .giveUp, reason: .noTable, context: context(time))
    return ShadowSide(outcome: AssignmentState.manualReview.rawValue)
  }

  /// Legacy once more on the same snapshot, in V3's place.
  private func noise(_ item: ShadowCase) -> (verdict: ShadowVerdict, find: ShadowFind) {
    let plan = legacy.plan(item.question, item.reading.snapshot, context: item.context).plans.first
    let again = plan.map { ShadowFind.tables($0.tables, spareSeats: $0.spareSeats) } ?? .nothing
    return (ShadowVerdict(legacy: item.legacyFind, v3: again), again)
  }

  private func context(_ time: Timestamp) -> ChangeContext {
    ChangeContext(actor: .pipeline, actorName: "shadow", mode: .v3, at: time)
  }
}

extension ShadowComparison {
  init(_ item: ShadowCase, v3: ShadowSide, verdict: ShadowVerdict, at time: Timestamp) {
    self.init(
      bookingID: item.booking.id, restaurantID: item.booking.restaurantID, createdAt: time, verdict: verdict,
      legacy: item.legacySide, v3: v3)
  }

  /// `shadow.compared`, with legacy's second answer where there is one.
  func event(trace: TraceID?, noise: ShadowFind? = nil) -> ObservabilityEvent {
    var context: [String: EventValue] = [
      "verdict": .string(verdict.rawValue), "legacy_outcome": .string(legacy.outcome),
      "v3_outcome": .string(v3.outcome),
    ]
    for (name, side) in [("legacy", legacy), ("v3", v3)] {
      if let tables = side.tables { context["\(name)_tables"] = .list(tables.map { .string($0.rawValue) }) }
      if let spare = side.spareSeats { context["\(name)_spare_seats"] = .int(spare) }
      if let time = side.milliseconds { context["\(name)_ms"] = .double(time) }
    }
    if let noiseVerdict { context["noise_verdict"] = .string(noiseVerdict.rawValue) }
    if case .tables(let tables, _) = noise { context["noise_tables"] = .list(tables.map { .string($0.rawValue) }) }
    return ObservabilityEvent(
      .shadow, "shadow.compared", severity: verdict == .shadowError ? .warning : .info, restaurantID: restaurantID,
      bookingID: bookingID, context: context, at: createdAt
    ).traced(trace)
  }
}

extension BookingRecord {
  /// A booking as it was when it was made, before any flow looked at it; without its guest.
  fileprivate init(undecided booking: Booking) {
    self.init(
      id: booking.id, restaurantID: booking.restaurantID, origin: booking.origin, guest: nil, party: booking.party,
      requestedService: booking.requestedService, durationMinutes: booking.durationMinutes, wishes: booking.wishes,
      slot: booking.slot, status: .pending, state: .created, version: 1, stateEnteredAt: booking.createdAt, attempts: 0,
      strategy: nil, flow: nil, tables: [], reason: nil, reviewDeadline: nil, pinned: false, decisionID: nil, undo: nil,
      createdAt: booking.createdAt, updatedAt: booking.createdAt, trace: booking.trace)
  }
}
