import AssignmentStore
public import BookingDomain

extension LiveBookingDesk {
  public func change(
    _ id: BookingID, _ change: BookingChange, _ request: ChangeRequest
  ) async throws(DeskError) -> Booking {
    try DeskBounds.check(
      party: change.party, start: change.start, durationMinutes: change.durationMinutes,
      now: ledger.environment.businessClock.now(for: id))
    return try await changing(id, request) { booking async throws(DeskError) in
      try await BookingChanger(ledger: ledger, request: request, booking: booking, change: change).draft()
    }
  }
}
