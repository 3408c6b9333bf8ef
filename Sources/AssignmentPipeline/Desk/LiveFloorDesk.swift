public import AssignmentStore
public import BookingDomain

/// Restaurants, floors and blocks. What touches several bookings is one transaction.
public struct LiveFloorDesk: FloorDesk {
  let ledger: DeskLedger

  public init(environment: PipelineEnvironment) { ledger = DeskLedger(environment: environment) }

  public func put(
    _ restaurant: Restaurant, document: [UInt8], affected: AffectedPolicy, _ request: ChangeRequest
  ) async throws(DeskError) -> StoredRestaurant {
    guard request.caller.maySee(restaurant.id) else {
      throw .notFound(kind: "restaurant", id: restaurant.id.rawValue)
    }
    let edit = try FloorEdit(ledger: ledger, restaurant: restaurant, document: document, policy: affected)
    return try await ledger.guarded { () async throws(DeskError) -> StoredRestaurant in
      try await edit.store(request)
    }
  }

  public func block(_ new: NewBlock, _ request: ChangeRequest) async throws(DeskError) -> TableBlock {
    let id = ledger.environment.ids.next()
    return try await ledger.guarded { () async throws(DeskError) -> TableBlock in
      let blocking = Blocking(ledger: ledger, new: new, id: id, request: request)
      _ = try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        try await blocking.draft()
      }
      return TableBlock(
        id: id, restaurantID: new.restaurantID, tables: Set(new.tables).sorted(), window: new.window,
        reason: new.reason)
    }
  }

  public func unblock(
    _ id: String, restaurant: RestaurantID, _ request: ChangeRequest
  ) async throws(DeskError) {
    _ = try await ledger.guarded { () async throws(DeskError) -> [Booking] in
      _ = try await ledger.restaurant(restaurant, request.caller)
      return try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        let claims = try await ledger.read { store async throws(StoreError) in
          try await store.blocks(restaurant, after: .distantPast)
        }
        guard claims.contains(where: { $0.groupID == id }) else { throw .notFound(kind: "block", id: id) }
        var draft = DeskDraft("desk.unblock", resource: id)
        draft.unit.releases = [.block(id)]
        draft.unit.outbox = [ledger.floorMessage(restaurant)]
        return draft
      }
    }
  }

  public func blocks(_ restaurant: RestaurantID, after: Timestamp) async throws(DeskError) -> [TableBlock] {
    try await ledger.guarded { () async throws(DeskError) -> [TableBlock] in
      _ = try await ledger.restaurant(restaurant)
      let claims = try await ledger.read { store async throws(StoreError) in
        try await store.blocks(restaurant, after: after)
      }
      return Dictionary(grouping: claims, by: { $0.groupID ?? "" }).map { TableBlock(id: $0, claims: $1) }
        .sorted { ($0.window.start, $0.id) < ($1.window.start, $1.id) }
    }
  }

  public func risks(_ restaurant: RestaurantID) async throws(DeskError) -> [RiskNote] {
    try await ledger.guarded { () async throws(DeskError) -> [RiskNote] in
      let context = try await ledger.freshRestaurant(restaurant)
      return try await RiskFinder(ledger: ledger, context: context).risks()
    }
  }
}

extension TableBlock {
  /// - Parameter claims: one or more rows of one block.
  init(id: String, claims: [Claim]) {
    self.init(
      id: id, restaurantID: claims[0].restaurantID, tables: claims.map(\.table).sorted(), window: claims[0].window,
      reason: claims[0].note ?? "")
  }
}

extension Timestamp {
  static let distantPast = Timestamp(microseconds: .min / 2)
}

extension DeskLedger {
  /// Tells live subscribers that a floor, or its blocks, have changed.
  func floorMessage(_ restaurant: RestaurantID) -> OutboxMessage {
    let at = environment.clock.now()
    return OutboxMessage(
      topic: "floor", restaurantID: restaurant, bookingID: nil,
      payload: "{\"restaurant_id\":\(JSONText.quoted(restaurant.rawValue)),\"at\":\(at.microseconds)}", createdAt: at)
  }

  /// Takes a booking's tables away: a confirmed one goes to review; one that waits, its old tables claimed, waits on
  /// without them.
  func takeTables(
    from booking: Booking, reason: OutcomeReason, _ request: ChangeRequest, context: RestaurantContext,
    in draft: inout DeskDraft
  ) throws(DeskError) {
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.tables = []
      $0.undo = nil
    }
    let cause = TransitionCause.floorChange
    draft.unit.releases.append(.allocations(booking.id))
    if booking.state == .confirmed {
      try mutation.go(to: .manualReview, cause: cause, reason: reason, by: person(request))
      let deadline = environment.reviewTimes(of: booking, policy: context.restaurant.review).declineAt
      mutation.edit { $0.reviewDeadline = deadline }
      draft.unit.notices.append(notice(.needsReview, mutation.booking))
    } else if booking.status == .confirmed {
      try mutation.become(.pending, cause: cause.rawValue, metadata: ["reason": reason.rawValue], by: person(request))
    } else {
      mutation.touch(cause: cause.rawValue, reason: reason, context: person(request))
    }
    draft.mutations.append(mutation)
  }
}
