import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI

/// What a day looks like, and when a party could come.
struct FloorController: Sendable {
  let edge: Edge

  func floor(_ call: Call) async throws -> Reply {
    let wanted = try call.query.date("date")
    let restaurant = try await edge.restaurant(call).restaurant
    let now = edge.dependencies.clock.now()
    let day = ServiceDay(restaurant, date: wanted ?? ServiceDay.current(of: restaurant, at: now))
    let state = try await edge.store.floorState(restaurant.id, span: day.span)
    let bookings = try await bookings(of: day, restaurant.id)
    let risks = try await edge.dependencies.floors.risks(restaurant.id)
    let calendar = restaurant.calendar
    return try .json(
      FloorBody(
        restaurant: restaurant, date: day.date, now: now, services: day.bodies,
        claims: state.claims.map { FloorBody.ClaimBody($0, calendar: calendar) },
        bookings: bookings.map { FloorBooking($0, calendar: calendar) },
        risks: risks.map {
          FloorBody.RiskBody(
            bookingID: $0.bookingID.rawValue, causedBy: $0.causedBy.rawValue,
            suggestedTables: $0.suggestedTables.map(\.rawValue))
        }))
  }

  /// The bookings of the service day, those after midnight included, in order of start.
  private func bookings(of day: ServiceDay, _ id: RestaurantID) async throws -> [Booking] {
    var query = BookingQuery()
    query.restaurantID = id
    query.startsWithin = day.span
    query.limit = 1_000
    var bookings: [Booking] = []
    while true {
      let page = try await edge.store.bookings(query)
      bookings += page.filter { $0.slot.serviceDate == day.date }
      guard page.count == query.limit, let last = page.last else { return bookings }
      query.after = last.id
    }
  }

  func availability(_ call: Call) async throws -> Reply {
    let date = try call.query.required("date", call.query.date("date"))
    let party = try call.query.required("party_size", call.query.int("party_size", WireLimits.party))
    let wishes = try wishes(call.query)
    let id = try call.restaurantID()
    let calendar = try await edge.calendar(of: id)
    let times = try await edge.dependencies.availability.times(
      id, date: date, party: party, wishes: wishes, caller: call.caller)
    return try .json(
      AvailabilityBody(
        restaurantID: id.rawValue, date: date, partySize: party,
        times: times.map { AvailableTimeBody($0, calendar: calendar) }))
  }

  private func wishes(_ query: QueryReader) throws -> SeatingWishes {
    let needs = try query.names("needs")?.map { name in
      guard let need = GuestNeed(rawValue: name) else {
        throw ProblemError.parameter(
          "needs", value: name, "is not known", allowed: GuestNeed.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return need
    }
    return SeatingWishes(
      zone: try query.text("zone", WireLimits.zone), tags: Set(try query.names("tags") ?? []), needs: Set(needs ?? []))
  }
}

extension FloorBody.ClaimBody {
  init(_ claim: Claim, calendar: RestaurantCalendar) {
    self.init(
      table: claim.table.rawValue, kind: claim.kind.rawValue, from: calendar.format(claim.window.start),
      until: calendar.format(claim.window.end), bookingID: claim.bookingID?.rawValue, note: claim.note)
  }
}
