import AssignmentStore
import BookingDomain
import SeatingEngine

/// Tables and a block window that a person chose for a booking.
struct PersonsChoice: Sendable {
  /// In order of number.
  var tables: [TableNumber]
  var block: TimeWindow
  /// Cause of the history row where the state stays.
  var cause: String
  var metadata: [String: String] = [:]
}

extension DeskLedger {
  /// Puts a booking on chosen tables, as its state allows: a confirmed one moves, a seated one moves without a change of
  /// state, one that waits is picked by hand, one in review is force-confirmed.
  func place(
    _ booking: Booking, on choice: PersonsChoice, _ request: ChangeRequest, context: RestaurantContext
  ) async throws(DeskError) -> DeskDraft {
    let undo = try await undoRecord(of: booking)
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.undo = undo
      $0.tables = choice.tables
      $0.strategy = .manual
      $0.decisionID = nil
      $0.slot.block = choice.block
    }
    try step(&mutation, from: booking, choice, person(request))
    var draft = DeskDraft("desk.\(choice.cause)", mutation)
    draft.reclaim(mutation.booking)
    draft.unit.restaurantRevision = context.guardRevision
    if booking.state != .confirmed { draft.unit.jobs = [.finish(booking.id)] }
    draft.unit.notices = [noticeKind(of: booking, choice).map { notice($0, mutation.booking) }].compactMap { $0 }
    return draft
  }

  private func step(
    _ mutation: inout BookingMutation, from booking: Booking, _ choice: PersonsChoice, _ person: ChangeContext
  ) throws(DeskError) {
    switch (booking.state, booking.status) {
    case (.confirmed, .confirmed) where choice.tables == booking.tables, (.confirmed, .seated):
      let metadata = choice.metadata.merging(mutation.booking.tableMetadata) { given, _ in given }
      mutation.touch(cause: choice.cause, metadata: metadata, context: person)
    case (.confirmed, .confirmed):
      try mutation.confirmTables(cause: .move, reason: .moved, metadata: choice.metadata, by: person)
    case (.manualReview, _):
      try mutation.confirmTables(cause: .forceConfirm, reason: .forceConfirmed, metadata: choice.metadata, by: person)
    case (.confirmed, let status), (.failed, let status):
      throw .ended(status)
    default:
      try mutation.confirmTables(cause: .handPick, reason: .handPicked, metadata: choice.metadata, by: person)
    }
  }

  private func undoRecord(of booking: Booking) async throws(DeskError) -> UndoRecord? {
    let action: UndoableAction
    switch booking.state {
    case .confirmed: action = .move
    case .manualReview: action = .forceConfirm
    default: return nil
    }
    return UndoRecord(action: action, before: booking, claimWindow: try await claimWindow(of: booking))
  }

  /// Guests who sit, and those whose tables stay, are told nothing.
  private func noticeKind(of booking: Booking, _ choice: PersonsChoice) -> NoticeKind? {
    if booking.origin == .walkIn { return nil }
    if booking.state != .confirmed { return booking.holdsTables ? .changed : .confirmed }
    return booking.status == .seated || choice.tables == booking.tables ? nil : .moved
  }
}
