import AssignmentStore
import BookingDomain
import SeatingEngine

/// A block, and what becomes of the bookings in its way.
struct Blocking: Sendable {
  let ledger: DeskLedger
  let new: NewBlock
  let id: String
  let request: ChangeRequest

  func draft() async throws(DeskError) -> DeskDraft {
    let context = try await ledger.restaurant(new.restaurantID, request.caller)
    let tables = try checked(context)
    let state = try await ledger.read { store async throws(StoreError) in
      try await store.floorState(new.restaurantID, span: new.window)
    }
    let bookings = try await bookings(of: state.claims.filter { tables.contains($0.table) })
    let parties = bookings.filter(\.status.isLive)
    // A party at its table cannot be moved by a machine.
    if !parties.isEmpty, !new.displace || parties.contains(where: { $0.status == .seated }) {
      throw .affected(parties.map(\.id))
    }
    var draft = DeskDraft("desk.block", resource: id)
    draft.unit.claims = tables.map {
      Claim(
        restaurantID: new.restaurantID, table: $0, kind: .block, window: new.window, groupID: id, note: new.reason)
    }
    draft.unit.releases = tables.map { .holds(new.restaurantID, $0, new.window) }
    draft.unit.outbox = [ledger.floorMessage(new.restaurantID)]
    draft.unit.restaurantRevision = context.guardRevision
    for booking in bookings where !booking.status.isLive { clear(booking, in: &draft) }
    // All of them give up their tables at once, so that one may get what another leaves.
    let leaving = Set(parties.map(\.id))
    for booking in parties {
      try await displace(booking, leaving: leaving, context, in: &draft)
      draft.unit.replans.append(ledger.environment.replan(booking, .block))
    }
    // An allocation that came meanwhile is in the way too, and must be listed or moved.
    draft.replans = true
    return draft
  }

  private func checked(_ context: RestaurantContext) throws(DeskError) -> [TableNumber] {
    guard new.window.start < new.window.end else {
      throw .invalid(field: "until", message: "is not after from", allowed: "a time after from")
    }
    guard !new.tables.isEmpty else { throw DeskError(TableChoiceError.noTables) }
    for table in new.tables where context.restaurant.floor.table(table) == nil {
      throw DeskError(TableChoiceError.unknownTable(table))
    }
    return Set(new.tables).sorted()
  }

  /// In order of id.
  private func bookings(of claims: [Claim]) async throws(DeskError) -> [Booking] {
    var result: [Booking] = []
    for id in Set(claims.compactMap(\.bookingID)).sorted() {
      result.append(try await ledger.booking(id, .local()))
    }
    return result
  }

  /// What is left of a visit that has ended is only the time to clear the table.
  private func clear(_ booking: Booking, in draft: inout DeskDraft) {
    let start = booking.slot.block.start
    if start < new.window.start {
      draft.unit.resizes.append(
        ClaimResize(bookingID: booking.id, window: TimeWindow(start: start, end: new.window.start)))
    } else {
      draft.unit.releases.append(.allocations(booking.id))
    }
  }

  /// Moves a booking, after those with lower ids, or sends it to review.
  private func displace(
    _ booking: Booking, leaving: Set<BookingID>, _ context: RestaurantContext, in draft: inout DeskDraft
  ) async throws(DeskError) {
    let now = ledger.environment.businessClock.now(for: booking.id)
    let floor = try await floor(around: booking, leaving: leaving, context, draft)
    let planned = try await ledger.plan(SeatingQuestion(booking, now: now), in: floor, context: context)
    guard booking.state == .confirmed, let plan = planned.plans.first else {
      return try ledger.takeTables(from: booking, reason: .tableBlocked, request, context: context, in: &draft)
    }
    try move(booking, to: plan, planned.record, in: &draft)
  }

  /// The floor as it will be: with the block and those already moved, without those that leave and the holds that go.
  private func floor(
    around booking: Booking, leaving: Set<BookingID>, _ context: RestaurantContext, _ draft: DeskDraft
  ) async throws(DeskError) -> AvailabilitySnapshot {
    let reading = try await ledger.reading(context, around: booking.slot.block, excluding: booking.id)
    let staying = reading.claims.filter { claim in
      if let id = claim.bookingID { return !leaving.contains(id) }
      return claim.kind == .block || !new.tables.contains(claim.table) || !claim.window.overlaps(new.window)
    }
    return AvailabilitySnapshot(
      floor: context.floor, span: reading.snapshot.span, claims: (staying + draft.unit.claims).map(\.seen),
      waiting: reading.snapshot.waiting, pastSuccess: reading.snapshot.pastSuccess)
  }

  private func move(
    _ booking: Booking, to plan: SeatingPlan, _ record: DecisionRecord?, in draft: inout DeskDraft
  ) throws(DeskError) {
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.tables = plan.tables
      $0.strategy = plan.strategy
      $0.decisionID = record?.id
      $0.undo = nil
    }
    try mutation.confirmTables(
      cause: .move, reason: .tableBlocked, metadata: ["block": id], by: ledger.person(request))
    draft.mutations.append(mutation)
    draft.reclaim(mutation.booking)
    draft.unit.notices.append(ledger.notice(.moved, mutation.booking))
    let at = ledger.environment.clock.now()
    draft.unit.decisions += [record.flatMap { StoredDecision($0, of: mutation.booking, at: at) }].compactMap { $0 }
  }
}
