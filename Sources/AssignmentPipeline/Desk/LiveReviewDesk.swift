import AssignmentStore
public import BookingDomain

/// The review queue and what a person may do about its bookings.
public struct LiveReviewDesk: ReviewDesk {
  private let ledger: DeskLedger

  public init(environment: PipelineEnvironment) { ledger = DeskLedger(environment: environment) }

  public func queue(
    _ restaurant: RestaurantID?, after: BookingID?, limit: Int, caller: Caller
  ) async throws(DeskError) -> [ReviewItem] {
    try await ledger.guarded { () async throws(DeskError) -> [ReviewItem] in
      if let restaurant { _ = try await ledger.freshRestaurant(restaurant, caller) }
      var items: [ReviewItem] = []
      let days = DayReadings(ledger: ledger)
      for booking in try await bookings(restaurant, after: after, limit: limit, caller) {
        items.append(try await ReviewAdvice(ledger: ledger, booking: booking, days: days).item())
      }
      return items
    }
  }

  public func item(_ id: BookingID, caller: Caller) async throws(DeskError) -> ReviewItem {
    try await ledger.guarded { () async throws(DeskError) -> ReviewItem in
      let booking = try await ledger.booking(id, caller)
      guard booking.state == .manualReview else {
        throw .transition(TransitionError(from: booking.state, to: .manualReview, actor: .person, cause: .decline))
      }
      return try await ReviewAdvice(ledger: ledger, booking: booking, days: DayReadings(ledger: ledger)).item()
    }
  }

  public func requeue(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      var mutation = BookingMutation(booking)
      let record = UndoRecord(
        action: .requeue, before: booking, claimWindow: try await ledger.claimWindow(of: booking))
      mutation.edit {
        $0.undo = record
        $0.attempts = 0
      }
      try mutation.go(to: .assignmentPending, cause: .requeue, reason: .requeued, by: ledger.person(request))
      var draft = DeskDraft("desk.requeue", mutation)
      draft.unit.jobs = [ledger.enqueue(mutation.booking)]
      return draft
    }
  }

  public func forceConfirm(
    _ id: BookingID, tables: [TableNumber], moves: [RoomMove], _ request: ChangeRequest
  ) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      guard booking.state == .manualReview else {
        throw .transition(TransitionError(from: booking.state, to: .assigned, actor: .person, cause: .forceConfirm))
      }
      var draft = try await ledger.move(booking, to: tables, cause: TransitionCause.forceConfirm.rawValue, request)
      try await ledger.add(moves, for: booking, request, to: &draft)
      return draft
    }
  }

  public func decline(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      try await ledger.end(booking, cause: .decline, reason: .declined, undo: .decline, request)
    }
  }

  public func keep(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      guard booking.state == .manualReview else {
        throw .transition(TransitionError(from: booking.state, to: .manualReview, actor: .person, cause: .decline))
      }
      var mutation = BookingMutation(booking)
      mutation.edit { $0.reviewDeadline = nil }
      mutation.touch(cause: "keep", reason: booking.reason, context: ledger.person(request))
      return DeskDraft("desk.keep", mutation)
    }
  }

  public func undo(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      try await UndoDrafter(ledger: ledger, request: request).draft(booking)
    }
  }

  private func changing(
    _ id: BookingID, _ request: ChangeRequest, _ draft: (Booking) async throws(DeskError) -> DeskDraft
  ) async throws(DeskError) -> Booking {
    try await ledger.guarded { () async throws(DeskError) -> Booking in
      try await ledger.change(id, request, draft)
    }
  }

  /// A page of what the caller may see: pages of the store are read on until it is full.
  private func bookings(
    _ restaurant: RestaurantID?, after: BookingID?, limit: Int, _ caller: Caller
  ) async throws(DeskError) -> [Booking] {
    var query = BookingQuery()
    query.restaurantID = restaurant ?? (caller.restaurants.count == 1 ? caller.restaurants.first : nil)
    query.states = [.manualReview]
    query.order = .byUrgency
    query.after = after
    query.limit = min(max(limit, 1), 1_000)
    var result: [Booking] = []
    while result.count < query.limit {
      let wanted = query
      let page = try await ledger.read { store async throws(StoreError) in try await store.bookings(wanted) }
      result += page.filter { caller.maySee($0.restaurantID) }
      guard page.count == query.limit, let last = page.last else { break }
      query.after = last.id
    }
    return Array(result.prefix(query.limit))
  }
}
