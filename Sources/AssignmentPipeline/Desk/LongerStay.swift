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

  init(_ booking: Booking, next: Claim?) {
    self.booking = booking
    self.next = next
  }

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
