import AssignmentStore
import BookingDomain

/// What a guest has been told of a booking, and what must still be told when a change is taken back.
struct GuestNotices: Sendable {
  let ledger: DeskLedger
  /// Before the undo.
  let booking: Booking

  private static let ofConfirmed: Set<NoticeKind> = [.confirmed, .changed, .moved]

  /// Withdraws what is not sent yet. A guest who knows the present state already is told nothing; one who was told of the
  /// change that is taken back, or has heard nothing yet of a table, is told how things stand.
  /// - Parameter after: the booking as the undo leaves it.
  func add(
    to draft: inout DeskDraft, after: Booking, undone action: UndoableAction, isConfirmed: Bool
  ) async throws(DeskError) {
    guard booking.origin != .walkIn else { return }
    let id = booking.id
    let now = try await ledger.read { store async throws(StoreError) in try await store.storeNow() }
    let notices = try await ledger.read { store async throws(StoreError) in try await store.notices(of: id) }
    let history = try await ledger.read { store async throws(StoreError) in try await store.history(of: id) }
    draft.unit.withdrawNotices.append(id)
    let told = notices.filter { $0.kind != .needsReview && $0.isOnItsWay(at: now) }.max { $0.version < $1.version }
    let undoneVersion = history.last { $0.cause == action.rawValue }?.version ?? booking.version
    let knowsOfChange = told.map { $0.version >= undoneVersion } ?? false
    if isConfirmed {
      if let told, !knowsOfChange, Self.ofConfirmed.contains(told.kind) { return }
      draft.unit.notices.append(ledger.notice(action == .move && told != nil ? .moved : .confirmed, after))
    } else if knowsOfChange {
      draft.unit.notices.append(ledger.notice(.changed, after))
    }
  }
}

extension Notice {
  /// Sent, or too late to be withdrawn.
  fileprivate func isOnItsWay(at now: Timestamp) -> Bool {
    status == .delivered || (status == .pending && dueAt <= now)
  }
}
