import AssignmentStore
import BookingDomain
import Resilience
import SeatingEngine

/// A booking of a `mandatory` house: verified, planned and confirmed in one transaction, or refused and not stored.
struct SeatAtOnce: Sendable {
  let ledger: DeskLedger
  let new: NewBooking
  let id: BookingID
  let person: ChangeRequest
  let trace: TraceID

  func draft(_ context: RestaurantContext) async throws(DeskError) -> DeskDraft {
    let verified = try await ledger.verify(CapacityRequest(new), wishes: new.wishes, for: id, context: context)
    let flags = ledger.environment.flags()
    // Whom such a house takes gets a table at once; nobody gives one out now.
    guard !flags.isPaused(new.restaurantID) else { throw .restaurantPaused }
    let startedAt = ledger.environment.monotonic.now
    let reading = try await ledger.reading(context, around: verified.slot.block, excluding: nil)
    let question = SeatingQuestion(
      bookingID: id, party: new.party, slot: verified.slot, wishes: new.wishes, extraChairs: new.origin.isHost,
      now: ledger.environment.businessClock.now(for: id))
    let planned = try await ledger.plan(question, in: reading.snapshot, context: context, flags: flags)
    var record = BookingRecord(new, id: id, slot: verified.slot, at: ledger.environment.clock.now(), trace: trace)
    record.work.automation = context.restaurant.automation
    if let plan = planned.plans.first {
      let seating = FirstSeating(plan: plan, record: planned.record, flags: flags, startedAt: startedAt)
      return try ledger.seatedFromStart(record, seating, verified, by: ledger.person(person))
    }
    guard let room = try await ledger.room(for: question, context, flags: flags) else {
      throw .noTable(alternatives: try await alternatives(context))
    }
    var seating = FirstSeating(plan: room.seating, record: nil, flags: flags, startedAt: startedAt)
    seating.metadata = room.metadata
    var draft = try ledger.seatedFromStart(record, seating, verified, by: ledger.person(person))
    try ledger.add(room, flags: flags, to: &draft)
    return draft
  }

  private func alternatives(_ context: RestaurantContext) async throws(DeskError) -> [AvailableTime] {
    var question = StartQuestion(party: new.party, wishes: new.wishes, byHost: new.origin.isHost)
    question.service = new.service
    question.durationMinutes = new.durationMinutes
    return try await StartFinder(ledger: ledger, context: context, question: question)
      .nearest(to: new.start, limit: 4)
  }

  /// `refused` is counted although no booking is stored.
  func count(_ error: DeskError) async throws(DeskError) {
    guard let why = error.refusal else { return }
    let environment = ledger.environment
    environment.metrics.count(
      .refused, .refused, flow: environment.flags().flow(for: new.restaurantID), restaurant: new.restaurantID)
    let event = ObservabilityEvent(
      .coordinator, "coordinator.failed", restaurantID: new.restaurantID,
      context: ["reason": .string(OutcomeReason.refused.rawValue), "cause": .string(why)],
      at: environment.clock.now()
    ).traced(trace)
    try await ledger.read { store async throws(StoreError) in try await store.append([event]) }
  }
}

/// What a booking that is confirmed at once is given.
struct FirstSeating: Sendable {
  var plan: SeatingPlan
  var record: DecisionRecord?
  /// A change of the flags meanwhile makes it be decided again.
  var flags: FeatureFlags
  var startedAt: ContinuousClock.Instant
  /// For the row that says which tables it got.
  var metadata: [String: String] = [:]
  /// Told before the confirmation.
  var steps: [TryStep] = []
}

extension DeskLedger {
  /// ``confirmedFromStart(_:_:by:)`` on tables that a planner chose: with their claims, and the room in the pacing.
  func seatedFromStart(
    _ record: BookingRecord, _ seating: FirstSeating, _ verified: Verified, by person: ChangeContext
  ) throws(DeskError) -> DeskDraft {
    var draft = try confirmedFromStart(record, seating, by: person)
    draft.unit.claims = Claim.allocations(of: draft.mutations[0].booking, window: verified.slot.block)
    draft.unit.pacing = verified.pacing
    draft.replans = true
    return draft
  }

  /// A new booking's way from `created` to `confirmed`, for one transaction. Claims are the caller's to add.
  /// - Parameter person: who booked it; the rest is the pipeline's.
  func confirmedFromStart(
    _ record: BookingRecord, _ seating: FirstSeating, by person: ChangeContext
  ) throws(DeskError) -> DeskDraft {
    let flow = seating.flags.flow(for: record.restaurantID)
    let at = environment.clock.now()
    let context = ChangeContext(
      actor: .pipeline, actorName: environment.instance, mode: flow == .legacy ? .legacy : .v3, at: at)
    var mutation = BookingMutation(creating: record, context: person)
    mutation.edit {
      $0.tables = seating.plan.tables
      $0.strategy = seating.plan.strategy
      $0.decisionID = seating.record?.id
      $0.flow = flow
      $0.attempts = 1
      $0.work.feasible = true
    }
    try mutation.go(to: .capacityVerified, cause: .verify, by: context)
    try mutation.go(to: .assignmentPending, cause: .queue, by: context)
    try mutation.go(to: .assignmentInProgress, cause: .start, by: context)
    try mutation.confirmTables(cause: .assign, reason: nil, metadata: seating.metadata, by: context)
    var draft = DeskDraft("desk.seat_at_once", mutation)
    draft.flow = flow
    draft.unit.flagsEpoch = seating.flags.epoch
    draft.unit.notices = [notice(.confirmed, mutation.booking)]
    add(seating, of: mutation.booking, at: at, to: &draft)
    return draft
  }

  private func add(_ seating: FirstSeating, of booking: Booking, at time: Timestamp, to draft: inout DeskDraft) {
    let plan = seating.plan
    draft.unit.attempts = [
      AttemptRow(
        bookingID: booking.id, attemptNumber: 1, strategy: plan.strategy, result: .success, reason: nil,
        metadata: ["flow": .string(seating.flags.flow(for: booking.restaurantID).rawValue)], createdAt: time)
    ]
    draft.unit.decisions = [seating.record.flatMap { StoredDecision($0, of: booking, at: time) }].compactMap { $0 }
    let took = seating.startedAt.duration(to: environment.monotonic.now)
    let planner = planner(seating.flags, for: booking.restaurantID)
    let end = TryStep.confirmed(strategy: plan.strategy, tables: plan.tables, attempts: 1, took: took)
    draft.steps = seating.steps
    draft.unit.events += (seating.steps + [end]).compactMap { step in
      planner.event(step, of: booking.id, restaurant: booking.restaurantID, at: time)?.traced(booking.trace)
    }
  }
}

extension DeskError {
  /// Why a `mandatory` house refuses; nil for what is no refusal.
  fileprivate var refusal: String? {
    switch self {
    case .noTable, .rejected: code
    default: nil
    }
  }
}
