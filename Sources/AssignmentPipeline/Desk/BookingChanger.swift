import AssignmentStore
import BookingDomain
import SeatingEngine

/// What a change of a booking comes to, by the state that it finds.
struct BookingChanger: Sendable {
  let ledger: DeskLedger
  let request: ChangeRequest
  let booking: Booking
  let change: BookingChange

  init(ledger: DeskLedger, request: ChangeRequest, booking: Booking, change: BookingChange) {
    self.ledger = ledger
    self.request = request
    self.booking = booking
    self.change = change.reduced(for: booking)
  }

  func draft() async throws(DeskError) -> DeskDraft {
    guard booking.status.isLive else { throw .ended(booking.status) }
    if booking.status == .seated {
      // A party that sits has its table: only what the house notes about it can change.
      guard !change.changesTimeOrSize else { throw .status(StatusError(from: .seated, to: .pending)) }
      return edited()
    }
    guard change.needsPlan else { return edited() }
    let context = try await ledger.restaurant(booking.restaurantID)
    var verified = try await ledger.verify(wanted, wishes: wishes, for: booking.id, context: context)
    if verified.slot.dining == booking.slot.dining {
      // Buffers that were squeezed for this window stay so.
      verified.slot.block = booking.slot.block
    }
    var draft =
      booking.state == .confirmed
      ? try await seated(verified.slot, context) : try queued(verified.slot, reason: .changed)
    draft.unit.pacing = verified.pacing
    draft.unit.restaurantRevision = context.guardRevision
    return draft
  }

  private var wishes: SeatingWishes { change.wishes ?? booking.wishes }

  private var wanted: CapacityRequest {
    CapacityRequest(
      party: change.party ?? booking.party, start: change.start ?? booking.slot.dining.start,
      service: change.service ?? booking.requestedService,
      durationMinutes: change.durationMinutes ?? booking.durationMinutes, byHost: booking.origin.isHost)
  }

  /// The booking with its new fields, its state untouched.
  private func changed(slot: ServiceSlot? = nil) -> BookingMutation {
    var mutation = BookingMutation(booking)
    mutation.edit {
      if let guest = change.guest { $0.guest = guest }
      $0.wishes = wishes
      guard let slot else { return }
      $0.slot = slot
      $0.party = wanted.party
      $0.requestedService = wanted.service
      $0.durationMinutes = wanted.durationMinutes
      $0.undo = nil
    }
    return mutation
  }

  /// Guest and wishes alone: the state stays.
  private func edited() -> DeskDraft {
    var mutation = changed()
    mutation.touch(cause: TransitionCause.change.rawValue, context: ledger.person(request))
    return DeskDraft("desk.edit", mutation)
  }

  /// The automatic work begins anew; tables of a confirmed booking stay claimed until it or a person has decided.
  private func queued(_ slot: ServiceSlot, reason: OutcomeReason) throws(DeskError) -> DeskDraft {
    var mutation = changed(slot: slot)
    mutation.edit {
      $0.attempts = 0
      $0.reason = reason
    }
    if booking.state == .assignmentPending {
      mutation.touch(cause: TransitionCause.change.rawValue, reason: reason, context: ledger.person(request))
    } else {
      try mutation.go(to: .assignmentPending, cause: .change, reason: reason, by: ledger.person(request))
    }
    var draft = DeskDraft("desk.change", mutation)
    draft.unit.jobs = [ledger.enqueue(mutation.booking)]
    return draft
  }

  /// A confirmed booking is planned first; its allocation stays until this transaction swaps it for the new one.
  private func seated(_ slot: ServiceSlot, _ context: RestaurantContext) async throws(DeskError) -> DeskDraft {
    let snapshot = try await ledger.reading(context, around: slot.block, excluding: booking.id).snapshot
    if keepsTables(slot, snapshot, context) { return kept(slot) }
    var wantedBooking = changed(slot: slot).booking
    wantedBooking.tables = []
    let question = SeatingQuestion(wantedBooking, now: ledger.environment.businessClock.now(for: booking.id))
    let planned = try await ledger.plan(question, in: snapshot, context: context)
    if let plan = planned.plans.first { return try swapped(slot, plan, planned.record) }
    let flags = ledger.environment.flags()
    if let room = try await ledger.room(for: question, context, flags: flags) {
      var draft = try swapped(slot, room.seating, nil, metadata: room.metadata)
      try ledger.add(room, flags: flags, to: &draft)
      return draft
    }
    if change.onNoTable == .review { return try queued(slot, reason: .noTable) }
    let finder = StartFinder(ledger: ledger, context: context, question: StartQuestion(wantedBooking))
    throw .noTable(alternatives: try await finder.nearest(to: slot.dining.start, limit: 4))
  }

  /// The same tables, where they still fit and are free, unless the guest has other soft wishes now.
  private func keepsTables(
    _ slot: ServiceSlot, _ snapshot: AvailabilitySnapshot, _ context: RestaurantContext
  ) -> Bool {
    let sameWishes = wishes.zone == booking.wishes.zone && wishes.tags == booking.wishes.tags
    guard sameWishes || booking.pinned else { return false }
    let isLegal =
      (try? context.floor.check(
        tables: booking.tables, party: wanted.party, extraChairs: booking.mayUseExtraChairs,
        accessible: wishes.needsAccessibleTable)) != nil
    return isLegal && snapshot.isFree(tables: booking.tables, window: slot.block)
  }

  private func kept(_ slot: ServiceSlot) -> DeskDraft {
    var mutation = changed(slot: slot)
    mutation.touch(cause: TransitionCause.change.rawValue, reason: .changed, context: ledger.person(request))
    return claimed(mutation)
  }

  private func swapped(
    _ slot: ServiceSlot, _ plan: SeatingPlan, _ record: DecisionRecord?, metadata: [String: String] = [:]
  ) throws(DeskError) -> DeskDraft {
    var mutation = changed(slot: slot)
    mutation.edit {
      $0.tables = plan.tables
      $0.strategy = plan.strategy
      $0.decisionID = record?.id
    }
    if mutation.booking.tables == booking.tables {
      mutation.touch(cause: TransitionCause.change.rawValue, reason: .changed, context: ledger.person(request))
    } else {
      try mutation.confirmTables(
        cause: .change, reason: .changed, metadata: metadata, by: ledger.person(request))
    }
    var draft = claimed(mutation)
    let at = ledger.environment.clock.now()
    draft.unit.decisions = [record.flatMap { StoredDecision($0, of: booking, at: at) }].compactMap { $0 }
    return draft
  }

  private func claimed(_ mutation: BookingMutation) -> DeskDraft {
    var draft = DeskDraft("desk.change", mutation)
    draft.reclaim(mutation.booking)
    draft.unit.notices = [ledger.notice(.changed, mutation.booking)]
    draft.replans = true
    return draft
  }
}

extension BookingChange {
  /// Without what is so already.
  func reduced(for booking: Booking) -> BookingChange {
    var change = self
    if party == booking.party { change.party = nil }
    if start == booking.slot.dining.start { change.start = nil }
    if service == booking.requestedService { change.service = nil }
    if durationMinutes == booking.durationMinutes { change.durationMinutes = nil }
    if wishes == booking.wishes { change.wishes = nil }
    return change
  }

  /// What a seated party can no longer change.
  var changesTimeOrSize: Bool { party != nil || start != nil || service != nil || durationMinutes != nil }
}
