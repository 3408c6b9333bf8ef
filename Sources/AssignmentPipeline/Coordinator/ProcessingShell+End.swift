import AssignmentStore
import BookingDomain
import Resilience
import SeatingEngine

extension ProcessingShell {
  /// Ends the automatic work in `failed` or `manual_review`.
  /// - Parameter decision: by which no table was found; kept, and named in the history.
  func end(
    _ state: AssignmentState, cause: TransitionCause, reason: OutcomeReason, metadata: [String: String] = [:],
    decision: DecisionRecord? = nil, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    let engineWasAsked = current.booking.state == .assignmentInProgress && cause != .breakerOpen
    var mutation = BookingMutation(current.booking)
    let number = current.attemptNumber
    mutation.edit {
      $0.flow = current.flow
      if engineWasAsked { $0.attempts = number }
    }
    var metadata = metadata
    metadata["decision"] = decision?.id
    try move(&mutation, to: state, cause: cause, reason: reason, metadata: metadata, context: context(current))
    note(state == .failed ? .failed(reason: reason) : .review(reason: reason), in: &current, planner)
    var unit = unit("coordinator.end", current)
    if engineWasAsked { unit.attempts = [attempt(.failure, strategy: nil, reason: reason, current)] }
    unit.decisions = [
      decision.flatMap { StoredDecision($0, of: current.booking, at: environment.clock.now()) }
    ].compactMap { $0 }
    if state == .manualReview {
      mutation.edit { $0.reviewDeadline = reviewDeadline(of: $0, current.context) }
      unit.notices = [notice(.needsReview, mutation.booking)]
      if reason == .noTable { unit.replans = [environment.replan(current.booking, .noTable)] }
    } else {
      unit.notices = [notice(.declined, mutation.booking)]
      if current.booking.holdsTables {
        unit.releases = [.allocations(current.id)]
        mutation.edit { $0.tables = [] }
      }
    }
    unit.jobs = [.finish(current.id)]
    unit.releasePermits = [current.id]
    unit.releaseLeases = [current.fence]
    try await commit(mutation, unit, &current)
    settled(current.booking)
    return state == .failed ? .failed(reason: reason) : .manualReview(reason: reason)
  }

  /// Comes back after the backoff, without counting as an attempt.
  func retry(
    _ reason: OutcomeReason, cause: TransitionCause, atMost limit: Duration? = nil, _ current: inout Try,
    planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    let backoff = environment.settings.backoff.delay(retries: current.job.retries, random: environment.random())
    let delay = min(backoff, max(.milliseconds(50), limit ?? backoff))
    return try await wait(delay, reason: reason, countsAsAttempt: false, &current, planner: planner)
  }

  /// Goes back to `assignment_pending` and waits, stored, so that the wait survives a restart.
  func wait(
    _ delay: Duration, reason: OutcomeReason, countsAsAttempt: Bool, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    note(.retry(reason: reason, delay: delay), in: &current, planner)
    var unit = unit("coordinator.retry", current)
    unit.jobs = [.retry(current.id, after: delay, countsAsAttempt: countsAsAttempt)]
    unit.releasePermits = [current.id]
    unit.releaseLeases = [current.fence]
    guard current.booking.state == .assignmentInProgress else {
      unit.events = current.events
      try await store.commit(unit)
      return .retry(reason: reason, delay: delay)
    }
    var mutation = BookingMutation(current.booking)
    if countsAsAttempt {
      let number = current.attemptNumber
      unit.attempts = [attempt(.failure, strategy: nil, reason: reason, current)]
      mutation.edit { $0.attempts = number }
    }
    try move(&mutation, to: .assignmentPending, cause: .retry, reason: reason, context: context(current))
    try await commit(mutation, unit, &current)
    environment.workSignal.wake()
    return .retry(reason: reason, delay: delay)
  }

  /// A fault of the system: counts as an attempt; after five a person is asked, with the last reason.
  func fault(
    _ reason: OutcomeReason, code: String, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    note(.error(code: code), in: &current, planner)
    guard current.job.failures + 1 < environment.settings.maxAttempts else {
      if !(current.booking.state == .assignmentInProgress || current.booking.state == .assignmentPending) {
        return try await wait(
          environment.settings.backoff.limit, reason: reason, countsAsAttempt: true, &current, planner: planner)
      }
      return try await end(
        .manualReview, cause: .giveUp, reason: .maxAttempts, metadata: ["last_reason": reason.rawValue], &current,
        planner: planner)
    }
    let delay = environment.settings.backoff.delay(retries: current.job.retries, random: environment.random())
    return try await wait(delay, reason: reason, countsAsAttempt: true, &current, planner: planner)
  }

  /// What a refused or failed transaction means for the try.
  func recover(
    from error: StoreError, _ current: inout Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    switch error {
    case .leaseLost, .unavailable:
      throw error
    case .flagsChanged:
      if let outcome = try await handOver(current) { return outcome }
      return try await again(.versionConflict, current, planner: planner)
    case .staleVersion:
      return try await again(.versionConflict, current, planner: planner)
    case .staleRestaurant(let id):
      environment.restaurants.invalidate(id)
      return try await again(.versionConflict, current, planner: planner)
    case .claimConflict, .holdExpired:
      return try await retry(.holdConflict, cause: .retry, &current, planner: planner)
    case .noPermit, .pacingExceeded, .tooManyHolds, .idempotencyConflict, .staleRollout, .staleDayPlan, .constraint,
      .invalid:
      return try await fault(.systemError, code: error.code, &current, planner: planner)
    }
  }

  /// V3 was switched off under this try: legacy takes the booking from here.
  /// - Returns: nil where nothing is to be handed over.
  private func handOver(_ current: Try) async throws(StoreError) -> Outcome? {
    let handOver = LegacyHandOver(environment: environment)
    guard current.flow == .v3, let stored = try await store.booking(current.id), handOver.isNeeded(for: stored),
      try await handOver.give(stored, under: current.fence)
    else { return nil }
    return .retry(reason: .pipelineDisabled, delay: .zero)
  }

  /// What was read is no longer true: the stored booking is taken up again at once.
  private func again(
    _ reason: OutcomeReason, _ current: Try, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    guard let stored = try await store.booking(current.id), !stored.state.endsAutomaticWork else {
      var unit = unit("coordinator.finish", current)
      unit.jobs = [.finish(current.id)]
      unit.releasePermits = [current.id]
      unit.releaseLeases = [current.fence]
      try await store.commit(unit)
      return .noop(reason: .terminalState)
    }
    var fresh = current
    fresh.booking = stored
    // The first snapshot's answer, which this try has not stored.
    fresh.booking.work.feasible = stored.work.feasible ?? current.booking.work.feasible
    return try await wait(
      .milliseconds(20), reason: reason, countsAsAttempt: false, &fresh, planner: planner)
  }

  // MARK: - Parts of a unit

  func unit(_ label: String, _ current: Try) -> WriteUnit {
    var unit = WriteUnit(label: label)
    unit.fences = [current.fence]
    return unit
  }

  /// Stores a change with the events so far.
  ///
  /// The state that it enters has its deadline from now, if this round of the booking had not come as far before: a
  /// booking that bounces between `assignment_pending` and `assignment_in_progress`, whatever the reason, does so until
  /// the deadline of the first time it was in progress, and not for ever. A round is what ``JobChange/enterState(_:_:deadline:)``
  /// says.
  func commit(_ mutation: BookingMutation, _ unit: WriteUnit, _ current: inout Try) async throws(StoreError) {
    var unit = unit
    unit.events += current.events
    if let deadline = mutation.booking.state.deadline, mutation.booking.state != current.booking.state {
      unit.jobs.insert(.enterState(current.id, mutation.booking.state, deadline: deadline), at: 0)
    }
    machine.add(mutation, flow: current.flow, to: &unit)
    try await store.commit(unit)
    current.events = []
    current.booking = mutation.booking
    machine.log(mutation)
    environment.outboxSignal.wake()
  }

  func move(
    _ mutation: inout BookingMutation, to state: AssignmentState, cause: TransitionCause,
    reason: OutcomeReason? = nil, metadata: [String: String] = [:], context: ChangeContext
  ) throws(StoreError) {
    do {
      try mutation.transition(to: state, cause: cause, reason: reason, metadata: metadata, context: context)
    } catch { throw .invalid("\(error)") }
  }

  func attempt(
    _ result: AttemptRow.Result, strategy: StrategyName?, reason: OutcomeReason?, _ current: Try
  ) -> AttemptRow {
    AttemptRow(
      bookingID: current.id, attemptNumber: current.attemptNumber, strategy: strategy, result: result, reason: reason,
      metadata: ["flow": .string(current.flow.rawValue)], createdAt: environment.clock.now())
  }

  func notice(_ kind: NoticeKind, _ booking: Booking) -> NewNotice { environment.notice(kind, booking) }

  func reviewDeadline(of booking: Booking, _ context: RestaurantContext) -> Timestamp? {
    environment.reviewTimes(of: booking, policy: context.restaurant.review).declineAt
  }

  /// Automatic work has ended: tells whoever waits.
  func settled(_ booking: Booking) {
    environment.metrics.decided(booking, at: environment.clock.now())
    environment.progress.publish(booking)
    environment.workSignal.wake()
  }
}

extension PipelineEnvironment {
  /// A notice of a booking's new version, with the delay that lets an undo send nothing.
  func notice(_ kind: NoticeKind, _ booking: Booking) -> NewNotice {
    NewNotice(
      id: ids.next(), bookingID: booking.id, restaurantID: booking.restaurantID, version: booking.version, kind: kind,
      delay: settings.noticeDelay)
  }

  /// Alert and deadline of a booking in review. The lead counts from when it was booked, in business time.
  func reviewTimes(of booking: Booking, policy: ReviewPolicy) -> ReviewTimes {
    let bookedAt = min(booking.createdAt, businessClock.now(for: booking.id))
    return ReviewTimes(policy: policy, start: booking.slot.dining.start, bookedAt: bookedAt)
  }
}

extension StoredDecision {
  init?(_ record: DecisionRecord, of booking: Booking, at time: Timestamp) {
    guard let document = DecisionDocument.encode(record) else { return nil }
    self.init(
      id: record.id, restaurantID: booking.restaurantID, bookingID: booking.id, document: document, createdAt: time)
  }
}
