import AssignmentStore
public import BookingDomain
import SeatingEngine

extension LiveBookingDesk {
  public func walkIn(_ new: NewWalkIn, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try DeskBounds.check(
      party: new.party, start: nil, durationMinutes: new.durationMinutes, now: ledger.houseNow)
    return try await ledger.guarded { () async throws(DeskError) -> Booking in
      let stored = try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        try await WalkInSeating(ledger: ledger, new: new, request: request).draft()
      }
      try await ledger.reach(.bookingStored)
      return stored[0]
    }
  }
}

/// A party at the door: seated and stored in one transaction, with one history row.
struct WalkInSeating: Sendable {
  let ledger: DeskLedger
  let new: NewWalkIn
  let request: ChangeRequest

  /// Tables for the party, and the decision if a planner chose them.
  private struct Tables: Sendable {
    var numbers: [TableNumber]
    var strategy: StrategyName
    var record: DecisionRecord?
    var room: RoomPlan?
  }

  func draft() async throws(DeskError) -> DeskDraft {
    let context = try await ledger.restaurant(new.restaurantID, request.caller)
    let id = BookingID(ledger.environment.ids.next())
    let slot = try await slot(for: id, context)
    let flags = ledger.environment.flags()
    let tables = try await tables(in: slot, for: id, context, flags)
    let person = ledger.person(request)
    let mutation = BookingMutation(creating: record(id, slot, tables, at: person.at), context: person)
    var draft = DeskDraft("desk.walk_in", mutation)
    draft.unit.claims = Claim.allocations(of: mutation.booking, window: slot.block)
    draft.unit.restaurantRevision = context.guardRevision
    draft.unit.decisions = [
      tables.record.flatMap { StoredDecision($0, of: mutation.booking, at: person.at) }
    ].compactMap { $0 }
    draft.replans = new.tables.isEmpty
    if let room = tables.room { try ledger.add(room, flags: flags, to: &draft) }
    return draft
  }

  /// Now, off grid, without pacing. The table need not have been free before now.
  private func slot(for id: BookingID, _ context: RestaurantContext) async throws(DeskError) -> ServiceSlot {
    let rules = CapacityRequest(
      party: new.party, start: ledger.houseNow.flooredToMinute, durationMinutes: new.durationMinutes, byHost: true,
      walkIn: true)
    var slot = try await ledger.verify(rules, wishes: new.wishes, for: id, context: context).slot
    slot.block.start = slot.dining.start
    return slot
  }

  private func tables(
    in slot: ServiceSlot, for id: BookingID, _ context: RestaurantContext, _ flags: FeatureFlags
  ) async throws(DeskError) -> Tables {
    if !new.tables.isEmpty {
      let chosen = try ledger.checkChoice(
        new.tables, party: new.party, wishes: new.wishes, context: context, request.caller)
      return Tables(numbers: chosen, strategy: .manual)
    }
    let snapshot = try await ledger.reading(context, around: slot.block, excluding: nil).snapshot
    let question = SeatingQuestion(
      bookingID: id, party: new.party, slot: slot, wishes: new.wishes, extraChairs: true, now: ledger.houseNow)
    let planned = try await ledger.plan(question, in: snapshot, context: context)
    if let plan = planned.plans.first {
      return Tables(numbers: plan.tables, strategy: plan.strategy, record: planned.record)
    }
    if let room = try await ledger.room(for: question, context, flags: flags) {
      return Tables(numbers: room.seating.tables, strategy: room.seating.strategy, room: room)
    }
    let starts = StartQuestion(party: new.party, wishes: new.wishes, byHost: true)
    let finder = StartFinder(ledger: ledger, context: context, question: starts)
    throw .noTable(alternatives: try await finder.nearest(to: slot.dining.start, limit: 4))
  }

  private func record(_ id: BookingID, _ slot: ServiceSlot, _ tables: Tables, at time: Timestamp) -> BookingRecord {
    let asked = NewBooking(
      restaurantID: new.restaurantID, origin: .walkIn, guest: new.guest, party: new.party, start: slot.dining.start,
      durationMinutes: new.durationMinutes, wishes: new.wishes)
    var record = BookingRecord(asked, id: id, slot: slot, at: time, trace: ledger.trace(request))
    record.status = .seated
    record.state = .confirmed
    record.tables = tables.numbers
    record.strategy = tables.strategy
    record.decisionID = tables.record?.id
    return record
  }
}
