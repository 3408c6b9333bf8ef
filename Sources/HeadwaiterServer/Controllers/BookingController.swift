import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// Bookings: made, read, listed, changed.
struct BookingController: Sendable {
  let edge: Edge

  /// How long a new booking is waited for unless the caller says.
  private static let defaultWait = 2

  func create(_ call: Call) async throws -> Reply {
    let body = try call.read(NewBookingBody.self)
    let id = try call.visible(RestaurantID(body.restaurantID))
    let calendar = try await edge.calendar(of: id)
    guard let start = body.startTime(in: calendar) else {
      throw ProblemError.field("/start", "is no time", allowed: WireTime.allowed)
    }
    try checkDuration(body.durationMinutes, call)
    // Named here, so that a lost answer can be rendered from what the request has made.
    let bookingID = call.idempotency == nil ? nil : BookingID(edge.dependencies.ids.next())
    let new = NewBooking(
      restaurantID: id, origin: try origin(body.origin, call), guest: body.guest?.guest, party: body.partySize,
      start: start, service: body.service, durationMinutes: body.durationMinutes, wishes: body.wishes, id: bookingID)
    var booking: Booking
    do {
      booking = try await edge.dependencies.bookings.create(new, call.change(resource: bookingID?.rawValue))
    } catch {
      throw Refused(error: error, calendar: calendar)
    }
    let (wait, isPreferred) = wait(body, call)
    if wait > 0, !booking.state.endsAutomaticWork { booking = await settled(booking, within: .seconds(wait)) }
    var reply = try Reply.json(BookingBody(booking, calendar: calendar), status: 201, tag: booking.version)
    reply.headers[.location] = "/v1/bookings/\(booking.id)"
    if isPreferred { reply.headers[.preferenceApplied] = "wait=\(wait)" }
    return reply
  }

  /// The booking is on disk: whatever goes wrong while waiting, the answer is a good one.
  private func settled(_ booking: Booking, within wait: Duration) async -> Booking {
    (try? await edge.dependencies.progress.settled(booking.id, within: wait)) ?? booking
  }

  /// The body says how long; else `Prefer: wait=n` does.
  private func wait(_ body: NewBookingBody, _ call: Call) -> (seconds: Int, isPreferred: Bool) {
    if let seconds = body.waitSeconds { return (seconds, false) }
    let preferences = call.headers[.prefer]?.split(separator: ",") ?? []
    for preference in preferences {
      let pair = preference.filter { $0 != " " }.split(separator: "=")
      if pair.count == 2, pair[0].lowercased() == "wait", let seconds = Int(pair[1]), seconds >= 0 {
        return (min(seconds, WireLimits.waitSeconds.upperBound), true)
      }
    }
    return (Self.defaultWait, false)
  }

  private func origin(_ asked: BookingOrigin?, _ call: Call) throws -> BookingOrigin {
    guard call.caller.role == .guestApp else { return asked ?? (call.isOpen ? .guest : .host) }
    guard asked != .host else { throw ProblemError.field("/origin", "is not for a guest app", allowed: "guest") }
    return .guest
  }

  private func checkDuration(_ minutes: Int?, _ call: Call) throws {
    guard minutes != nil, call.caller.role == .guestApp else { return }
    throw ProblemError.field("/duration_minutes", "is for hosts only", allowed: "nothing, with a key of role guest_app")
  }

  func read(_ call: Call) async throws -> Reply { try await edge.reply(edge.booking(call)) }

  func change(_ call: Call) async throws -> Reply {
    let body = try call.read(BookingChangeBody.self)
    guard !body.isEmpty else {
      throw ProblemError.field("", "changes nothing", allowed: BookingChangeBody.keys.joined(separator: ", "))
    }
    try checkDuration(body.durationMinutes, call)
    let old = try await edge.booking(call)
    let calendar = try await edge.calendar(of: old.restaurantID)
    let change = BookingChange(
      party: body.partySize, start: body.startTime(in: calendar), service: body.service,
      durationMinutes: body.durationMinutes, wishes: body.wishes(over: old.wishes), guest: body.guest?.guest,
      onNoTable: body.onNoTable == .review ? .review : .refuse)
    do {
      return try await edge.reply(
        edge.dependencies.bookings.change(old.id, change, call.change(resource: old.id.rawValue)))
    } catch let error as DeskError {
      throw Refused(error: error, calendar: calendar)
    }
  }

  func walkIn(_ call: Call) async throws -> Reply {
    let body = try call.read(WalkInBody.self)
    let id = try call.visible(RestaurantID(body.restaurantID))
    let calendar = try await edge.calendar(of: id)
    let new = NewWalkIn(
      restaurantID: id, party: body.partySize, guest: body.guest?.guest, wishes: body.wishes,
      durationMinutes: body.durationMinutes, tables: body.numbers)
    do {
      return try await edge.reply(edge.dependencies.bookings.walkIn(new, call.change()), status: 201)
    } catch let error as DeskError {
      throw Refused(error: error, calendar: calendar)
    }
  }
}
