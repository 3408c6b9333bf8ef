import AssignmentStore
import BookingDomain
import SeatingEngine

/// Takes a person's last change of a booking back: state, status and tables as they were, or 409 if a table is taken.
struct UndoDrafter: Sendable {
  let ledger: DeskLedger
  let request: ChangeRequest

  private static let cause = TransitionCause.undo.rawValue

  func draft(_ booking: Booking) async throws(DeskError) -> DeskDraft {
    guard let record = booking.undo, record.isLast(of: booking) else {
      throw .nothingToUndo("the booking is \(booking.status.rawValue), and no change that led there can be taken back")
    }
    switch record.action {
    case .seat, .complete, .noShow: return try visit(booking, record)
    case .cancel, .decline: return try await UndoneEnd(ledger, request, booking, record).draft()
    case .requeue: return try await requeue(booking, record)
    case .move: return try await move(booking, record)
    case .forceConfirm: return try await forceConfirm(booking, record)
    }
  }

  /// The status goes one step back. Guests were told nothing, so nothing is withdrawn.
  private func visit(_ booking: Booking, _ record: UndoRecord) throws(DeskError) -> DeskDraft {
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.restore(record)
      // A completed party was seated before: that step can be taken back next. A walk-in was never anything else.
      if record.action == .complete && $0.origin != .walkIn { $0.undo = record.stepBefore }
    }
    try mutation.become(
      record.status, cause: Self.cause, metadata: record.undoMetadata, by: ledger.person(request))
    return reclaimed(DeskDraft("desk.undo", mutation), record)
  }

  private func requeue(_ booking: Booking, _ record: UndoRecord) async throws(DeskError) -> DeskDraft {
    var mutation = BookingMutation(booking)
    mutation.edit { $0.undo = nil }
    try await backToReview(&mutation, record)
    var draft = DeskDraft("desk.undo", mutation)
    draft.unit.jobs = [.finish(booking.id)]
    return draft
  }

  private func move(_ booking: Booking, _ record: UndoRecord) async throws(DeskError) -> DeskDraft {
    let context = try await ledger.restaurant(booking.restaurantID)
    _ = try ledger.checkChoice(
      record.tables, party: booking.party, wishes: booking.wishes, context: context, request.caller)
    var mutation = BookingMutation(booking)
    mutation.edit { $0.restore(record) }
    let person = ledger.person(request)
    if booking.status == .seated || record.tables == booking.tables {
      let told = record.undoMetadata.merging(mutation.booking.tableMetadata) { given, _ in given }
      mutation.touch(cause: Self.cause, reason: .undone, metadata: told, context: person)
    } else {
      try mutation.confirmTables(cause: .undo, reason: .undone, metadata: record.undoMetadata, by: person)
    }
    var draft = reclaimed(DeskDraft("desk.undo", mutation), record)
    draft.unit.restaurantRevision = context.guardRevision
    if booking.status == .confirmed {
      try await GuestNotices(ledger: ledger, booking: booking).add(
        to: &draft, after: mutation.booking, undone: .move, isConfirmed: true)
    }
    return draft
  }

  /// Back to the queue; tables that it held before, for a change that was not decided, are taken again.
  private func forceConfirm(_ booking: Booking, _ record: UndoRecord) async throws(DeskError) -> DeskDraft {
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.restore(record)
      $0.strategy = nil
    }
    try await backToReview(&mutation, record)
    var draft = DeskDraft("desk.undo", mutation)
    draft.unit.releases = [.allocations(booking.id)]
    if let window = record.claimWindow {
      draft.unit.claims = Claim.allocations(of: mutation.booking, window: window)
    }
    try await GuestNotices(ledger: ledger, booking: booking).add(
      to: &draft, after: mutation.booking, undone: .forceConfirm, isConfirmed: false)
    return draft
  }

  private func backToReview(_ mutation: inout BookingMutation, _ record: UndoRecord) async throws(DeskError) {
    try mutation.go(
      to: .manualReview, cause: .undo, reason: .undone, metadata: record.undoMetadata, by: ledger.person(request))
    let context = try await ledger.restaurant(mutation.booking.restaurantID)
    let deadline = ledger.reopenedDeadline(of: mutation.booking, context)
    mutation.edit { $0.reviewDeadline = deadline }
  }

  private func reclaimed(_ draft: DeskDraft, _ record: UndoRecord) -> DeskDraft {
    var draft = draft
    let booking = draft.mutations[0].booking
    draft.unit.releases = [.allocations(booking.id)]
    draft.unit.claims = Claim.allocations(of: booking, window: record.claimWindow ?? booking.slot.block)
    return draft
  }
}

extension UndoRecord {
  /// Whether the booking is still where the change left it.
  func isLast(of booking: Booking) -> Bool {
    switch action {
    case .seat: booking.status == .seated
    case .complete: booking.status == .completed
    case .noShow: booking.status == .noShow
    case .cancel, .decline: booking.state == .failed
    case .requeue: !booking.state.endsAutomaticWork
    case .move: booking.state == .confirmed && (booking.status == .confirmed || booking.status == .seated)
    case .forceConfirm: booking.state == .confirmed && booking.status == .confirmed
    }
  }

  /// For history rows.
  var undoMetadata: [String: String] { ["undone": action.rawValue] }

  /// The step that led to the seated party which this record remembers.
  fileprivate var stepBefore: UndoRecord {
    var record = self
    record.action = .seat
    record.status = .confirmed
    return record
  }
}

extension Booking {
  /// Tables and times as a record has them; the record itself is used up.
  mutating func restore(_ record: UndoRecord) {
    tables = record.tables
    slot = record.slot
    undo = nil
  }
}

extension DeskLedger {
  /// The deadline of a booking that a person brings back to review. One that has passed already would decline it at
  /// once: then the house keeps it.
  func reopenedDeadline(of booking: Booking, _ context: RestaurantContext) -> Timestamp? {
    let times = environment.reviewTimes(of: booking, policy: context.restaurant.review)
    return times.declineAt.flatMap { $0 > environment.businessClock.now(for: booking.id) ? $0 : nil }
  }
}
