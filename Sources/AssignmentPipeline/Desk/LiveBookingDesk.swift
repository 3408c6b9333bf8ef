import AssignmentStore
public import BookingDomain

/// Changes of bookings, each written as one unit. Its actions are in extensions, one file for each kind.
public struct LiveBookingDesk: BookingDesk {
  let ledger: DeskLedger

  public init(environment: PipelineEnvironment) { ledger = DeskLedger(environment: environment) }

  public func pin(_ id: BookingID, _ pinned: Bool, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      guard booking.status.isLive else { throw .ended(booking.status) }
      var mutation = BookingMutation(booking)
      mutation.edit { $0.pinned = pinned }
      mutation.touch(cause: pinned ? "pin" : "unpin", context: ledger.person(request))
      return DeskDraft("desk.pin", mutation)
    }
  }

  public func cancel(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      guard booking.status == .pending || booking.status == .confirmed else {
        throw .status(StatusError(from: booking.status, to: .cancelled))
      }
      return try await ledger.end(booking, cause: .cancel, reason: .cancelled, undo: .cancel, request)
    }
  }

  public func undo(_ id: BookingID, _ request: ChangeRequest) async throws(DeskError) -> Booking {
    try await changing(id, request) { booking async throws(DeskError) in
      try await UndoDrafter(ledger: ledger, request: request).draft(booking)
    }
  }

  /// One booking, behind the storage breaker.
  func changing(
    _ id: BookingID, _ request: ChangeRequest, _ draft: (Booking) async throws(DeskError) -> DeskDraft
  ) async throws(DeskError) -> Booking {
    try await ledger.guarded { () async throws(DeskError) -> Booking in
      try await ledger.change(id, request, draft)
    }
  }
}

extension DeskLedger {
  /// Cancelled or declined: frees the tables at once, ends the automatic work, tells the guest.
  func end(
    _ booking: Booking, cause: TransitionCause, reason: OutcomeReason, undo: UndoableAction, _ request: ChangeRequest
  ) async throws(DeskError) -> DeskDraft {
    var mutation = BookingMutation(booking)
    let record = UndoRecord(action: undo, before: booking, claimWindow: try await claimWindow(of: booking))
    mutation.edit {
      $0.undo = record
      $0.tables = []
    }
    try mutation.go(to: .failed, cause: cause, reason: reason, by: person(request))
    var draft = DeskDraft("desk.\(cause.rawValue)", mutation)
    draft.unit.releases = [.allocations(booking.id)]
    draft.unit.notices = [notice(cause == .decline ? .declined : .cancelled, mutation.booking)]
    draft.unit.jobs = [.finish(booking.id)]
    if booking.holdsTables { draft.unit.replans = [environment.replan(booking, .cancellation)] }
    return draft
  }
}
