import AssignmentStore
import BookingDomain

extension DeskLedger {
  /// Changes one booking that the caller may see, at the version that it has seen.
  /// - Returns: the booking as stored.
  func change(
    _ id: BookingID, _ request: ChangeRequest, _ draft: (Booking) async throws(DeskError) -> DeskDraft
  ) async throws(DeskError) -> Booking {
    let changed = try await transact(request) { () async throws(DeskError) -> DeskDraft in
      let booking = try await self.booking(id, request.caller)
      try checkVersion(of: booking, request)
      return try await draft(booking)
    }
    guard let booking = changed.first(where: { $0.id == id }) else { throw .notFound(kind: "booking", id: id.rawValue) }
    return booking
  }

  func checkVersion(of booking: Booking, _ request: ChangeRequest) throws(DeskError) {
    if let expected = request.expectedVersion, expected != booking.version { throw .stale(booking) }
  }

  /// Drafts a change and commits it; drafts it again where what it read is no longer true.
  /// - Returns: the bookings that were written, in the draft's order.
  func transact(
    _ request: ChangeRequest, _ make: () async throws(DeskError) -> DeskDraft
  ) async throws(DeskError) -> [Booking] {
    var last = StoreError.flagsChanged
    for _ in 0..<DeskLedger.tries {
      let draft = try await make()
      do { return try await commit(draft, request) } catch {
        guard canDraftAgain(after: error, draft) else { throw refusal(error) }
        last = error
        // This instance hears of a change of the flags within a second; until then every draft is refused.
        if case .flagsChanged = error { try? await Task.sleep(for: Self.flagsPause) }
      }
    }
    if case .staleVersion(let id) = last { throw .stale(try await booking(id, request.caller)) }
    throw refusal(last)
  }

  private func canDraftAgain(after error: StoreError, _ draft: DeskDraft) -> Bool {
    switch error {
    case .staleVersion, .staleDayPlan, .flagsChanged: return true
    case .staleRestaurant(let id):
      environment.restaurants.invalidate(id)
      return true
    // Judged again, it is refused or stored as any other that comes too late.
    case .claimConflict, .pacingExceeded: return draft.replans
    case .noPermit(let id):
      environment.turns.leaveToLine(id)
      return draft.replans
    default: return false
    }
  }

  private func commit(_ draft: DeskDraft, _ request: ChangeRequest) async throws(StoreError) -> [Booking] {
    var unit = draft.unit
    unit.idempotency = request.idempotency
    unit.idempotency?.resource = draft.resource
    // Operations on several bookings act in order of booking id.
    let mutations = draft.mutations.sorted { $0.booking.id < $1.booking.id }
    unit.takeOver = mutations.filter { $0.expectedVersion != nil }.map(\.booking.id)
    for mutation in mutations { machine.add(mutation, flow: draft.flow, to: &unit) }
    try await store.commit(unit)
    for mutation in mutations {
      machine.log(mutation)
      count(mutation, of: draft)
      if mutation.booking.state.endsAutomaticWork { environment.progress.publish(mutation.booking) }
    }
    // A job to do, or a permit that came free with a take-over.
    if !unit.jobs.isEmpty || !unit.takeOver.isEmpty { environment.workSignal.wake() }
    environment.outboxSignal.wake()
    return draft.mutations.map(\.booking)
  }

  /// A new booking, and what became of it where that was decided at once.
  private func count(_ mutation: BookingMutation, of draft: DeskDraft) {
    guard mutation.expectedVersion == nil else { return }
    let (metrics, booking) = (environment.metrics, mutation.booking)
    metrics.accepted(booking.origin)
    guard let flow = draft.flow, let strategy = booking.strategy, booking.state == .confirmed else { return }
    for step in draft.steps { metrics.count(step, flow: flow) }
    metrics.count(
      .confirmed(strategy: strategy, tables: booking.tables), flow: flow, restaurant: booking.restaurantID)
  }

  // MARK: - Who and what

  /// The trace of a booking that a request makes.
  func trace(_ request: ChangeRequest) -> TraceID { request.trace ?? environment.traces.trace() }

  /// The caller as the author of history rows.
  func person(_ request: ChangeRequest) -> ChangeContext {
    ChangeContext(
      actor: .person, actorName: request.caller.name, mode: .manual, at: environment.clock.now())
  }

  func notice(_ kind: NoticeKind, _ booking: Booking) -> NewNotice {
    NewNotice(
      id: environment.ids.next(), bookingID: booking.id, restaurantID: booking.restaurantID, version: booking.version,
      kind: kind, delay: environment.settings.noticeDelay)
  }

  /// The automatic work begins anew, at once.
  func enqueue(_ booking: Booking) -> JobChange {
    .enqueue(
      booking.id, booking.restaurantID, after: .zero, deadline: AssignmentState.assignmentPending.deadline ?? .zero,
      resetRetries: true)
  }
}
