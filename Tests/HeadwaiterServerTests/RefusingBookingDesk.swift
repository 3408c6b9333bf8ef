import AssignmentPipeline
import BookingDomain

/// Refuses everything with one error.
struct RefusingBookingDesk: BookingDesk {
  let error: DeskError

  func create(_: NewBooking, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func change(_: BookingID, _: BookingChange, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func move(_: BookingID, to: [TableNumber], _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func swap(_: BookingID, _: BookingID, _: ChangeRequest) async throws(DeskError) -> [Booking] { throw error }
  func squeeze(_: BookingID, onto: [TableNumber], _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func pin(_: BookingID, _: Bool, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func cancel(_: BookingID, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func seat(_: BookingID, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func complete(_: BookingID, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func noShow(_: BookingID, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func extend(_: BookingID, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func undo(_: BookingID, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
  func walkIn(_: NewWalkIn, _: ChangeRequest) async throws(DeskError) -> Booking { throw error }
}
