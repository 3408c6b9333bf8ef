import AssignmentStore
import BookingDomain

extension PipelineEnvironment {
  /// Asks for a booking's service date to be looked at again, with the change that gives cause to it.
  func replan(_ booking: Booking, _ cause: DayPlanCause) -> Replan {
    Replan(
      restaurantID: booking.restaurantID, date: booking.slot.serviceDate, cause: cause, askedAt: clock.now())
  }
}
