import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI

/// Lists of bookings.
struct BookingListController: Sendable {
  let edge: Edge

  func list(_ call: Call) async throws -> Reply {
    let limit = try call.query.int("limit", WireLimits.pageSize) ?? 100
    var query = BookingQuery()
    query.restaurantID = try edge.restaurantFilter(call)
    query.startsWithin = try await day(call.query.date("date"), query.restaurantID)
    if let status = try call.query.option("status", BookingStatus.self) { query.statuses = [status] }
    if let state = try call.query.option("state", AssignmentState.self) { query.states = [state] }
    if let after = try call.query.identifier("after") {
      // The cursor's place in the order is its booking's, so that must be one that the caller may see.
      query.after = try await edge.booking(BookingID(after), call).id
    }
    query.limit = limit
    let bookings = try await edge.store.bookings(query)
    var bodies: [BookingBody] = []
    for booking in bookings {
      bodies.append(BookingBody(booking, calendar: try await edge.calendar(of: booking.restaurantID)))
    }
    let next = bookings.count == limit ? bookings.last?.id.rawValue : nil
    return try .json(BookingListBody(bookings: bodies, next: next))
  }

  private func day(_ date: LocalDate?, _ id: RestaurantID?) async throws -> TimeWindow? {
    guard let date else { return nil }
    guard let id else {
      throw ProblemError.restaurantNeeded(allowed: "a restaurant, whose dates are meant by date")
    }
    return try await edge.calendar(of: id).day(date)
  }
}

extension Edge {
  /// The restaurant that a list is restricted to: the one asked for, or the only one of the key; nil is all.
  func restaurantFilter(_ call: Call) throws -> RestaurantID? {
    if let id = try call.query.identifier("restaurant_id") { return try call.visible(RestaurantID(id)) }
    let own = call.caller.restaurants
    guard own.count > 1 else { return own.first }
    throw ProblemError.restaurantNeeded(
      allowed: "one of the key's: " + own.map(\.rawValue).sorted().prefix(20).joined(separator: ", "))
  }
}

extension ProblemError {
  /// 422: the query is well-formed, and says too little.
  static func restaurantNeeded(allowed: String) -> ProblemError {
    var error = ProblemError(
      422, "restaurant_needed", "A restaurant must be named", "restaurant_id is missing; allowed: \(allowed)")
    (error.problem.parameter, error.problem.allowed) = ("restaurant_id", allowed)
    return error
  }
}
