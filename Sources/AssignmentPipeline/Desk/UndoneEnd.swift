import AssignmentStore
import BookingDomain
import SeatingEngine

/// Undo of a cancellation or a decline: back to review and, if the old tables are free, on to confirmed.
struct UndoneEnd: Sendable {
  private let ledger: DeskLedger
  private let request: ChangeRequest
  private let booking: Booking
  private let record: UndoRecord

  init(_ ledger: DeskLedger, _ request: ChangeRequest, _ booking: Booking, _ record: UndoRecord) {
    self.ledger = ledger
    self.request = request
    self.booking = booking
    self.record = record
  }

  func draft() async throws(DeskError) -> DeskDraft {
    guard ledger.environment.businessClock.now(for: booking.id) < record.slot.dining.start else {
      throw .nothingToUndo("its start has passed")
    }
    let context = try await ledger.restaurant(booking.restaurantID)
    var mutation = BookingMutation(booking)
    mutation.edit { $0.restoreTime(record) }
    try mutation.go(
      to: .manualReview, cause: .undo, reason: .undone, metadata: record.undoMetadata, by: ledger.person(request))
    let window = try await freeWindow(context)
    let isConfirmed = window != nil && record.state == .confirmed
    if window != nil { try regain(&mutation, isConfirmed: isConfirmed) }
    if !isConfirmed {
      let deadline = ledger.reopenedDeadline(of: mutation.booking, context)
      mutation.edit { $0.reviewDeadline = deadline }
    }
    var draft = DeskDraft("desk.undo", mutation)
    if let window { draft.unit.claims = Claim.allocations(of: mutation.booking, window: window) }
    draft.unit.restaurantRevision = context.guardRevision
    draft.replans = true
    try await GuestNotices(ledger: ledger, booking: booking)
      .add(to: &draft, after: mutation.booking, undone: record.action, isConfirmed: isConfirmed)
    if !isConfirmed && record.action == .cancel {
      draft.unit.notices.append(ledger.notice(.needsReview, mutation.booking))
    }
    return draft
  }

  /// The window in which the old tables can be claimed again; nil if they cannot.
  private func freeWindow(_ context: RestaurantContext) async throws(DeskError) -> TimeWindow? {
    guard let window = record.claimWindow, !record.tables.isEmpty else { return nil }
    let isLegal =
      (try? context.floor.check(
        tables: record.tables, party: record.party, extraChairs: booking.mayUseExtraChairs,
        accessible: booking.wishes.needsAccessibleTable)) != nil
    // A booking that waited with old tables for a new size did not fit them either.
    guard isLegal || record.state != .confirmed else { return nil }
    let snapshot = try await ledger.reading(context, around: window, excluding: booking.id).snapshot
    return snapshot.isFree(tables: record.tables, window: window) ? window : nil
  }

  private func regain(_ mutation: inout BookingMutation, isConfirmed: Bool) throws(DeskError) {
    mutation.edit { $0.tables = record.tables }
    let person = ledger.person(request)
    if isConfirmed {
      try mutation.confirmTables(cause: .undo, reason: .undone, metadata: record.undoMetadata, by: person)
    } else if record.status == .confirmed {
      // It was in review, its old tables claimed: guest and host saw a confirmed booking.
      try mutation.become(.confirmed, cause: TransitionCause.undo.rawValue, by: person)
    }
  }
}

extension Booking {
  /// The times that a record has; the record itself is used up.
  fileprivate mutating func restoreTime(_ record: UndoRecord) {
    slot = record.slot
    undo = nil
  }
}
