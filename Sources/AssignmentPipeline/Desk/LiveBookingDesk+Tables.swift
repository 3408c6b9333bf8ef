import AssignmentStore
public import BookingDomain

extension LiveBookingDesk {
  public func move(
    _ id: BookingID, to tables: [TableNumber], _ request: ChangeRequest
  ) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      try await ledger.move(booking, to: tables, cause: "move", request)
    }
  }

  public func swap(
    _ first: BookingID, _ second: BookingID, _ request: ChangeRequest
  ) async throws(DeskError) -> [Booking] {
    guard first != second else {
      throw .invalid(field: "with", message: "is the booking itself", allowed: "another booking of the restaurant")
    }
    return try await ledger.guarded { () async throws(DeskError) -> [Booking] in
      try await ledger.transact(request) { () async throws(DeskError) -> DeskDraft in
        let one = try await ledger.booking(first, request.caller)
        try ledger.checkVersion(of: one, request)
        return try await swapped(one, try await ledger.booking(second, request.caller), request)
      }
    }
  }

  /// Each keeps its window and gets the other's tables: all old rows are deleted before the new ones are written.
  private func swapped(
    _ one: Booking, _ other: Booking, _ request: ChangeRequest
  ) async throws(DeskError) -> DeskDraft {
    guard one.restaurantID == other.restaurantID else {
      throw .invalid(field: "with", message: "is of another restaurant", allowed: "another booking of the restaurant")
    }
    for booking in [one, other] {
      guard booking.state == .confirmed else {
        throw .transition(TransitionError(from: booking.state, to: .assigned, actor: .person, cause: .move))
      }
      guard booking.status == .confirmed || booking.status == .seated else { throw .ended(booking.status) }
    }
    let context = try await ledger.restaurant(one.restaurantID)
    var draft = DeskDraft("desk.swap", resource: one.id.rawValue)
    for (booking, partner) in [(one, other), (other, one)] {
      let mutation = try exchanged(booking, with: partner, context, request)
      draft.mutations.append(mutation)
      draft.reclaim(mutation.booking)
      if booking.status == .confirmed { draft.unit.notices.append(ledger.notice(.moved, mutation.booking)) }
    }
    draft.unit.restaurantRevision = context.guardRevision
    return draft
  }

  private func exchanged(
    _ booking: Booking, with partner: Booking, _ context: RestaurantContext, _ request: ChangeRequest
  ) throws(DeskError) -> BookingMutation {
    let tables = try ledger.checkChoice(
      partner.tables, party: booking.party, wishes: booking.wishes, context: context, request.caller)
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.tables = tables
      $0.strategy = .manual
      $0.decisionID = nil
      // To take one half of a swap back would need the other's tables; swapping again takes back both.
      $0.undo = nil
    }
    let metadata = ["swapped_with": partner.id.rawValue]
    if booking.status == .seated {
      let told = metadata.merging(mutation.booking.tableMetadata) { given, _ in given }
      mutation.touch(cause: "swap", metadata: told, context: ledger.person(request))
    } else {
      try mutation.confirmTables(cause: .move, reason: .moved, metadata: metadata, by: ledger.person(request))
    }
    return mutation
  }
}

extension DeskLedger {
  /// Tables chosen by a person, in the booking's own window.
  func move(
    _ booking: Booking, to tables: [TableNumber], cause: String, _ request: ChangeRequest
  ) async throws(DeskError) -> DeskDraft {
    guard booking.status.isLive else { throw .ended(booking.status) }
    let context = try await restaurant(booking.restaurantID)
    let chosen = try checkChoice(
      tables, party: booking.party, wishes: booking.wishes, context: context, request.caller)
    let choice = PersonsChoice(tables: chosen, block: booking.slot.block, cause: cause)
    return try await place(booking, on: choice, request, context: context)
  }
}
