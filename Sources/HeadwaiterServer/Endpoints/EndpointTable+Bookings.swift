import BookingDomain
import Hummingbird

extension EndpointTable {
  static let bookings: [Endpoint] = [
    Endpoint(
      operation: .listBookings, method: .get, path: "/v1/bookings", access: .readers,
      summary: "Bookings, by start and id.",
      query: [
        .restaurant,
        .init(
          name: "date", schema: .date,
          description: "Those that start on this calendar date in the restaurant's zone; needs restaurant_id."),
        .init(
          name: "status", schema: .choice(BookingStatus.allCases.map(\.rawValue)), description: "Of this status only."),
        .init(
          name: "state", schema: .choice(AssignmentState.allCases.map(\.rawValue)),
          description: "In this assignment state only."),
        .after, .limit,
      ],
      success: [.ok("BookingList", "A page of bookings.")], problems: [404, 422]),
    Endpoint(
      operation: .createBooking, method: .post, path: "/v1/bookings", access: .booking,
      summary:
        "Creates a booking and waits for it to be seated, 2 seconds unless `wait_seconds` or `Prefer: wait=n` says else.",
      request: "NewBooking",
      success: [.created("Booking", "The booking, decided or in its present state.")], problems: [404]),
    Endpoint(
      operation: .readBooking, method: .get, path: one, access: .everyone, summary: "A booking.",
      success: [.ok("Booking", "The booking.")], isTagged: true),
    Endpoint(
      operation: .changeBooking, method: .patch, path: one, access: .booking,
      summary: "Changes a booking; what is left out stays.", request: "BookingChange",
      success: [.ok("Booking", "The booking as changed.")], problems: [409], isGuarded: true),
    Endpoint(
      operation: .createWalkIn, method: .post, path: "/v1/walk-ins", access: .staff,
      summary: "Seats a party that is at the door.", request: "WalkIn",
      success: [.created("Booking", "The seated party.")], problems: [404]),
  ]

  static let bookingActions: [Endpoint] = [
    action(.moveBooking, "move", "Gives it other tables.", request: "Tables"),
    action(.swapBookings, "swap", "Exchanges the tables of two bookings.", request: "Swap", answer: "SwapResult"),
    action(.squeezeBooking, "squeeze", "Shortens buffers until it fits on these tables.", request: "Tables"),
    action(.pinBooking, "pin", "Keeps its tables as they are."),
    action(.unpinBooking, "unpin", "Lets its tables change again."),
    action(.cancelBooking, "cancel", "Cancels it.", access: .booking),
    action(.seatBooking, "seat", "The party has sat down."),
    action(.completeBooking, "complete", "The party has left."),
    action(.markNoShow, "no-show", "The party did not come."),
    action(.extendBooking, "extend", "A seated party stays 15 minutes longer."),
    action(.undoBooking, "undo", "Takes the last change back."),
  ]

  static let bookingTrail: [Endpoint] = [
    trail(.readHistory, "history", "Every stored change, oldest first.", "History"),
    trail(.readAttempts, "attempts", "The engine's tries, oldest first.", "Attempts"),
    trail(.explainBooking, "why", "Why it has these tables.", "Explanation"),
    trail(.listNotices, "notices", "Its notices.", "Notices"),
  ]

  private static let one = "/v1/bookings/{booking_id}"

  private static func action(
    _ operation: Operation, _ name: String, _ summary: String, access: Access = .staff, request: String? = nil,
    answer: String = "Booking"
  ) -> Endpoint {
    Endpoint(
      operation: operation, method: .post, path: one + "/" + name, access: access, summary: summary, request: request,
      success: [.ok(answer, "As changed.")], isGuarded: true)
  }

  private static func trail(_ operation: Operation, _ name: String, _ summary: String, _ answer: String) -> Endpoint {
    Endpoint(
      operation: operation, method: .get, path: one + "/" + name, access: .readers, summary: summary,
      success: [.ok(answer, summary)])
  }
}
