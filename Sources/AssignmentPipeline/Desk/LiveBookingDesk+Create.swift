import AssignmentStore
public import BookingDomain
import SeatingEngine

extension LiveBookingDesk {
  public func create(_ new: NewBooking, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    if new.origin == .walkIn {
      throw .invalid(field: "origin", message: "is walk_in", allowed: "guest or host; a walk-in has a call of its own")
    }
    let id = new.id ?? BookingID(ledger.environment.ids.next())
    try DeskBounds.check(
      party: new.party, start: new.start, durationMinutes: new.durationMinutes,
      now: ledger.environment.businessClock.now(for: id))
    return try await ledger.guarded { () async throws(DeskError) -> Booking in
      let environment = ledger.environment
      let began = environment.monotonic.now
      let stored = try await stored(new, id, request)
      environment.measured(.accept, since: began)
      // At once, by a `mandatory` house.
      environment.metrics.decided(stored, after: began.duration(to: environment.monotonic.now))
      try await ledger.reach(.bookingStored)
      return stored
    }
  }

  private func stored(
    _ new: NewBooking, _ id: BookingID, _ request: ChangeRequest
  ) async throws(DeskError) -> Booking {
    let trace = ledger.trace(request)
    let atOnce = SeatAtOnce(ledger: ledger, new: new, id: id, person: request, trace: trace)
    let turn = NewBookingTurn(ledger: ledger, new: new, id: id, person: request, trace: trace)
    defer { turn.giveBack() }
    do {
      return try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        let context = try await ledger.restaurant(new.restaurantID, request.caller)
        var draft: DeskDraft
        if context.restaurant.automation == .mandatory {
          draft = try await atOnce.draft(context)
        } else if let decided = try await turn.draft(context) {
          draft = decided
        } else {
          draft = queued(new, id, context, request, trace)
        }
        // How far automation goes is the restaurant's to say, as it is now.
        draft.unit.restaurantRevision = context.guardRevision
        return draft
      }[0]
    } catch {
      try await atOnce.count(error)
      throw error
    }
  }

  /// Stored with its job; the pipeline does the rest.
  private func queued(
    _ new: NewBooking, _ id: BookingID, _ context: RestaurantContext, _ request: ChangeRequest, _ trace: TraceID
  ) -> DeskDraft {
    let person = ledger.person(request)
    let slot = context.verifier.likelySlot(for: CapacityRequest(new))
    var record = BookingRecord(new, id: id, slot: slot, at: person.at, trace: trace)
    record.work.automation = context.restaurant.automation
    let mutation = BookingMutation(creating: record, context: person)
    var draft = DeskDraft("desk.create", mutation)
    draft.unit.jobs = [ledger.enqueue(mutation.booking)]
    return draft
  }
}

extension CapacityRequest {
  init(_ new: NewBooking) {
    self.init(
      party: new.party, start: new.start, service: new.service, durationMinutes: new.durationMinutes,
      byHost: new.origin.isHost)
  }
}

extension BookingRecord {
  /// A new booking in its first state.
  init(_ new: NewBooking, id: BookingID, slot: ServiceSlot, at time: Timestamp, trace: TraceID) {
    self.init(
      id: id, restaurantID: new.restaurantID, origin: new.origin, guest: new.guest, party: new.party,
      requestedService: new.service, durationMinutes: new.durationMinutes, wishes: new.wishes, slot: slot,
      status: .pending, state: .created, version: 1, stateEnteredAt: time, attempts: 0, strategy: nil, flow: nil,
      tables: [], reason: nil, reviewDeadline: nil, pinned: false, decisionID: nil, undo: nil, createdAt: time,
      updatedAt: time, trace: trace)
  }
}
