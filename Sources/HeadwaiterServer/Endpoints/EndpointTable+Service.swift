import HeadwaiterAPI
import Hummingbird

extension EndpointTable {
  static let holds: [Endpoint] = [
    Endpoint(
      operation: .createHold, method: .post, path: "/v1/holds", access: .booking,
      summary: "Keeps tables for a short time, before the booking.", request: "NewHold",
      success: [.created("Hold", "The hold.")], problems: [404]),
    Endpoint(
      operation: .readHold, method: .get, path: oneHold, access: .everyone, summary: "A live hold.",
      success: [.ok("Hold", "The hold.")]),
    Endpoint(
      operation: .releaseHold, method: .delete, path: oneHold, access: .booking, summary: "Gives held tables back.",
      success: [.nothing]),
    Endpoint(
      operation: .confirmHold, method: .post, path: oneHold + "/confirm", access: .booking,
      summary: "Makes the booking; its tables are those held.", request: "HoldConfirm", bodyIsOptional: true,
      success: [.created("Booking", "The booking.")]),
  ]

  static let review: [Endpoint] = [
    Endpoint(
      operation: .listReview, method: .get, path: "/v1/review", access: .readers,
      summary: "Bookings that need a person, most urgent first, with suggestions.",
      query: [.restaurant, .after, .limit], success: [.ok("ReviewQueue", "A page of the queue.")],
      problems: [404, 422]),
    decision(.requeueBooking, "requeue", "Lets the pipeline try again."),
    decision(.forceConfirmBooking, "force-confirm", "Confirms it on these tables.", request: "ForceConfirm"),
    decision(.declineBooking, "decline", "Declines it, with a notice."),
    decision(.keepBooking, "keep", "Keeps it past its deadline."),
    decision(.undoReview, "undo", "Takes the last decision back."),
  ]

  static let machine: [Endpoint] = [
    read(.readStateMachine, "/v1/state-machine", .everyone, "States, transitions and statuses.", "StateMachine"),
    read(.readHealth, "/v1/health", .observers, "How the last 24 hours went.", "Health"),
    Endpoint(
      operation: .readDocument, method: .get, path: "/v1/openapi.json", access: .everyone, summary: "This document.",
      success: [.ok("OpenAPI", "OpenAPI 3.1.")], isTagged: true),
    read(.readConfiguration, "/v1/admin/config", .overseers, "The effective configuration.", "Configuration"),
    read(.readFlags, "/v1/admin/flags", .overseers, "The flags and who sets them.", "Flags"),
    Endpoint(
      operation: .readDemo, method: .get, path: "/v1/demo", access: .readers, summary: "How a demo stands.",
      success: [.ok("Demo", "The demo that this process runs.")], problems: [404]),
    read(.listBreakers, "/v1/admin/breakers", .responders, "The circuit breakers.", "Breakers"),
    Endpoint(
      operation: .forceBreaker, method: .put, path: oneBreaker, access: .responders,
      summary: "Forces a circuit breaker open or closed, for all instances.", request: "BreakerForce",
      success: [.ok("Breaker", "As forced.")]),
    Endpoint(
      operation: .releaseBreaker, method: .delete, path: oneBreaker, access: .responders,
      summary: "Lets a forced circuit breaker go by itself again.",
      query: [
        .init(name: "reason", schema: .text(WireLimits.reason), description: "Why; recorded.", isRequired: true)
      ], success: [.ok("Breaker", "As it goes by itself.")]),
  ]

  private static let oneBreaker = "/v1/admin/breakers/{breaker}"
  private static let oneHold = "/v1/holds/{hold_id}"

  private static func decision(
    _ operation: Operation, _ name: String, _ summary: String, request: String? = nil
  ) -> Endpoint {
    Endpoint(
      operation: operation, method: .post, path: "/v1/review/{booking_id}/" + name, access: .staff, summary: summary,
      request: request, success: [.ok("Booking", "As decided.")], isGuarded: true)
  }

  private static func read(
    _ operation: Operation, _ path: String, _ access: Access, _ summary: String, _ answer: String
  ) -> Endpoint {
    Endpoint(
      operation: operation, method: .get, path: path, access: access, summary: summary,
      success: [.ok(answer, summary)])
  }
}
