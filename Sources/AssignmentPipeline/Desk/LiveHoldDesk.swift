public import AssignmentStore
public import BookingDomain
import SeatingEngine

/// Guests' holds before the booking.
public struct LiveHoldDesk: HoldDesk {
  private let ledger: DeskLedger

  public init(environment: PipelineEnvironment) { ledger = DeskLedger(environment: environment) }

  public func hold(_ new: HoldRequest, _ request: ChangeRequest) async throws(DeskError) -> Hold {
    let id = ledger.environment.ids.next()
    try DeskBounds.check(party: new.party, start: new.start, durationMinutes: nil, now: ledger.houseNow)
    return try await ledger.guarded { () async throws(DeskError) -> Hold in
      _ = try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        try await draft(new, id: id, request)
      }
      return try await live(id)
    }
  }

  public func read(_ id: String) async throws(DeskError) -> Hold {
    try await ledger.guarded { () async throws(DeskError) -> Hold in try await live(id) }
  }

  public func release(_ id: String, _ request: ChangeRequest) async throws(DeskError) {
    _ = try await ledger.guarded { () async throws(DeskError) -> [Booking] in
      let hold = try await live(id)
      guard hold.isOpen(to: request.caller) else { throw .notFound(kind: "hold", id: id) }
      return try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        var draft = DeskDraft("desk.release_hold", resource: id)
        draft.unit.releases = [.hold(id)]
        draft.unit.outbox = [ledger.floorMessage(hold.restaurantID)]
        return draft
      }
    }
  }

  public func confirm(
    _ id: String, guest: Guest?, _ request: ChangeRequest
  ) async throws(DeskError) -> Booking {
    let bookingID = BookingID(ledger.environment.ids.next())
    let trace = ledger.trace(request)
    return try await ledger.guarded { () async throws(DeskError) -> Booking in
      let stored = try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        let found = try await ledger.read { store async throws(StoreError) in try await store.hold(id) }
        guard let found else { throw .holdExpired(id) }
        guard found.isOpen(to: request.caller) else { throw .notFound(kind: "hold", id: id) }
        return try await HoldConfirmation(
          ledger: ledger, hold: found, id: bookingID, guest: guest, person: request, trace: trace
        ).draft()
      }
      try await ledger.reach(.bookingStored)
      return stored[0]
    }
  }

  private func live(_ id: String) async throws(DeskError) -> Hold {
    let hold = try await ledger.read { store async throws(StoreError) in try await store.hold(id) }
    guard let hold else { throw .notFound(kind: "hold", id: id) }
    return hold
  }

  /// The best plan, by the rules for guests' own bookings.
  private func draft(
    _ new: HoldRequest, id: String, _ request: ChangeRequest
  ) async throws(DeskError) -> DeskDraft {
    let context = try await ledger.restaurant(new.restaurantID, request.caller)
    let rules = CapacityRequest(party: new.party, start: new.start, service: new.service)
    // The hold's id stands for the booking that it may become.
    let slot = try await ledger.verify(rules, wishes: new.wishes, for: BookingID(id), context: context).slot
    let snapshot = try await ledger.reading(context, around: slot.block, excluding: nil).snapshot
    let question = SeatingQuestion(
      bookingID: BookingID(id), party: new.party, slot: slot, wishes: new.wishes,
      now: ledger.environment.businessClock.now(for: nil))
    guard let plan = try await ledger.plan(question, in: snapshot, context: context).plans.first else {
      throw .noTable(alternatives: try await alternatives(new, context))
    }
    let ttl = Duration.seconds(context.restaurant.holdTTLSeconds)
    let hold = Hold(
      id: id, restaurantID: new.restaurantID, tables: plan.tables, party: new.party, slot: slot, wishes: new.wishes,
      caller: request.caller.id, expiresAt: ledger.environment.clock.now().adding(ttl))
    var draft = DeskDraft("desk.hold", resource: id)
    draft.unit.newHold = NewHold(hold: hold, ttl: ttl, limit: ledger.environment.settings.holdsPerCaller)
    draft.unit.claims = hold.claims
    draft.unit.outbox = [ledger.floorMessage(new.restaurantID)]
    draft.unit.restaurantRevision = context.guardRevision
    draft.replans = true
    return draft
  }

  private func alternatives(
    _ new: HoldRequest, _ context: RestaurantContext
  ) async throws(DeskError) -> [AvailableTime] {
    var question = StartQuestion(party: new.party, wishes: new.wishes, byHost: false)
    question.service = new.service
    return try await StartFinder(ledger: ledger, context: context, question: question)
      .nearest(to: new.start, limit: 4)
  }
}

extension Hold {
  /// One row for each table; the store sets when they die.
  var claims: [Claim] {
    tables.map {
      Claim(
        restaurantID: restaurantID, table: $0, kind: .hold, window: slot.block, groupID: id, expiresAt: expiresAt)
    }
  }

  /// Its caller's, and the house's.
  func isOpen(to caller: Caller) -> Bool {
    let isHouse = [.host, .operator, .admin].contains(caller.role)
    return caller.maySee(restaurantID) && (isHouse || caller.id == self.caller)
  }
}
