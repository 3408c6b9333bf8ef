import AssignmentStore
import BookingDomain

/// A seated party stays past its window: its claim is extended by 15 minutes at a time, never past the next claim on one of
/// its tables (product specification §2).
struct LongerStay: Sendable {
  /// By which a claim is extended at a time.
  static let minutes = 15

  let booking: Booking
  /// The first claim on one of its tables after its own.
  let next: Claim?

  /// The booking with a longer window.
  /// - Parameter now: as many steps as it takes to end after it; one, unless given.
  /// - Throws: ``DeskError/tableTaken(_:)`` if the next claim begins when this one ends.
  func mutation(past now: Timestamp? = nil, by context: ChangeContext) throws(DeskError) -> BookingMutation {
    let old = booking.slot.block.end
    var end = old
    repeat { end = end.adding(minutes: Self.minutes) } while now.map { end <= $0 } ?? false
    if let next { end = min(end, next.window.start) }
    if let next, end <= old { throw .tableTaken(next.table) }
    var mutation = BookingMutation(booking)
    mutation.edit {
      $0.slot.block.end = end
      $0.slot.dining.end = $0.slot.dining.end.adding(end.since(old))
    }
    let minutes = end.since(old).components.seconds / 60
    mutation.touch(cause: "extend", metadata: ["minutes": "\(minutes)"], context: context)
    return mutation
  }
}

extension DeskLedger {
  /// A longer stay on its way into one transaction.
  /// - Parameter now: as many steps as it takes to end after it; one, unless given.
  /// - Throws: ``DeskError/status(_:)`` if the party does not sit; ``DeskError/tableTaken(_:)`` if there is no more time.
  func longerStay(
    of booking: Booking, past now: Timestamp? = nil, by author: ChangeContext
  ) async throws(DeskError) -> DeskDraft {
    guard booking.status == .seated else { throw .status(StatusError(from: booking.status, to: .completed)) }
    let stay = LongerStay(booking: booking, next: try await nextClaim(after: booking))
    var draft = DeskDraft("desk.extend", try stay.mutation(past: now, by: author))
    draft.unit.resizes = [ClaimResize(bookingID: booking.id, window: draft.mutations[0].booking.slot.block)]
    draft.unit.replans = [environment.replan(booking, .overstay)]
    // Someone else took a part of that time meanwhile: what is left may do.
    draft.replans = true
    return draft
  }
}
