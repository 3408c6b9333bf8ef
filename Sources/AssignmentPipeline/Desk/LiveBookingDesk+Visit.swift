import AssignmentStore
public import BookingDomain

extension LiveBookingDesk {
  public func seat(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      let visit = try await Visit(ledger, booking, .seat, to: .seated)
      var draft = try visit.draft(request) { booking in
        // Early: the table is theirs from now on, if it is free.
        booking.slot.block.start = min(booking.slot.block.start, ledger.houseNow.flooredToMinute)
      }
      if visit.hasMoved(draft) {
        draft.unit.resizes = [ClaimResize(bookingID: id, window: draft.mutations[0].booking.slot.block)]
      }
      return draft
    }
  }

  public func complete(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      let context = try await ledger.restaurant(booking.restaurantID)
      let visit = try await Visit(ledger, booking, .complete, to: .completed)
      let now = ledger.houseNow
      let after = now.adding(minutes: context.restaurant.buffers.afterMinutes).ceiledToMinute
      // A party that stayed too long must not need the next one's time to be allowed to have left.
      let limit = try await ledger.nextClaim(after: booking)?.window.start
      var draft = try visit.ended(at: min(after, limit ?? after), diningUntil: now.ceiledToMinute, request)
      draft.replans = true
      return draft
    }
  }

  public func noShow(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      let visit = try await Visit(ledger, booking, .noShow, to: .noShow)
      let now = ledger.houseNow.ceiledToMinute
      var draft = try visit.ended(at: min(now, booking.slot.block.end), diningUntil: nil, request)
      draft.unit.replans = [ledger.environment.replan(booking, .cancellation)]
      return draft
    }
  }

  public func extend(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      try await ledger.longerStay(of: booking, by: ledger.person(request))
    }
  }
}

/// A step of a party's visit: a change of status with what can be undone.
struct Visit: Sendable {
  private let ledger: DeskLedger
  private let booking: Booking
  private let action: UndoableAction
  private let status: BookingStatus
  private let record: UndoRecord

  /// - Throws: ``DeskError/status(_:)``, or ``DeskError/transition(_:)`` for a party whose change is not decided yet.
  init(
    _ ledger: DeskLedger, _ booking: Booking, _ action: UndoableAction, to status: BookingStatus
  ) async throws(DeskError) {
    self.ledger = ledger
    self.booking = booking
    self.action = action
    self.status = status
    // A completed party becomes seated again by undo only.
    if action == .seat && booking.status == .completed { throw .ended(.completed) }
    guard StatusTable.allowed(from: booking.status).contains(status) else {
      throw .status(StatusError(from: booking.status, to: status))
    }
    guard booking.state == .confirmed else {
      throw .transition(TransitionError(from: booking.state, to: .confirmed, actor: .person, cause: .handPick))
    }
    record = UndoRecord(action: action, before: booking, claimWindow: try await ledger.claimWindow(of: booking))
  }

  func draft(_ request: ChangeRequest, _ edit: (inout Booking) -> Void) throws(DeskError) -> DeskDraft {
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.undo = record
      edit(&$0)
    }
    try mutation.become(status, cause: action.rawValue, by: ledger.person(request))
    return DeskDraft("desk.\(action.rawValue)", mutation)
  }

  /// The claim ends; one that would be empty is released.
  /// - Parameter left: when a party that dined was gone.
  func ended(
    at end: Timestamp, diningUntil left: Timestamp?, _ request: ChangeRequest
  ) throws(DeskError) -> DeskDraft {
    var draft = try draft(request) { booking in
      let dining = booking.slot.dining
      if let left { booking.slot.dining.end = max(min(dining.end, left), dining.start.adding(minutes: 1)) }
      booking.slot.block.end = max(end, booking.slot.block.start)
    }
    let block = draft.mutations[0].booking.slot.block
    if block.start < block.end {
      draft.unit.resizes = [ClaimResize(bookingID: booking.id, window: block)]
    } else {
      draft.unit.releases = [.allocations(booking.id)]
    }
    return draft
  }

  func hasMoved(_ draft: DeskDraft) -> Bool { draft.mutations[0].booking.slot.block != booking.slot.block }
}

extension DeskLedger {
  /// The first claim on any of a booking's tables that begins when its own ends, or later.
  func nextClaim(after booking: Booking) async throws(DeskError) -> Claim? {
    let span = TimeWindow(start: booking.slot.block.end, end: booking.slot.block.end.adding(.seconds(86_400)))
    let state = try await read { store async throws(StoreError) in
      try await store.floorState(booking.restaurantID, span: span)
    }
    return state.claims
      .filter { $0.bookingID != booking.id && booking.tables.contains($0.table) && $0.window.start >= span.start }
      .min { ($0.window.start, $0.table) < ($1.window.start, $1.table) }
  }
}
