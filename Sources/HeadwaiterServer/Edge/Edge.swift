import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// What all controllers share.
struct Edge: Sendable {
  let dependencies: ServerDependencies
  let calendars: CalendarCache
  let keys: KeyDirectory
  let problems: ProblemRenderer
  private let flights = SingleFlight()

  init(_ dependencies: ServerDependencies) {
    self.dependencies = dependencies
    calendars = CalendarCache(store: dependencies.store)
    keys = KeyDirectory(store: dependencies.store)
    problems = ProblemRenderer(calendars: calendars)
  }

  var store: any ServerStore { dependencies.store }

  var idempotency: IdempotentRunner {
    IdempotentRunner(
      store: store, clock: dependencies.wallClock, problems: problems, flights: flights, render: rendered)
  }

  /// What a lost request had made, as it is now; nil if it is gone.
  private func rendered(_ call: Call, _ resource: String) async throws -> Reply? {
    let status = call.endpoint.success.first?.status ?? 200
    switch call.endpoint.operation {
    case .optimiseDay, .applyDayPlan, .undoDayPlan: return try await renderedPlan(resource, call)
    case .createHold:
      guard let hold = try await store.hold(resource) else { return nil }
      return try await .json(HoldBody(hold, calendar: calendar(of: hold.restaurantID)), status: status)
    case .swapBookings:
      guard let booking = try await store.booking(BookingID(resource)) else { return nil }
      let body = try await BookingBody(booking, calendar: calendar(of: booking.restaurantID))
      return try .json(SwapResultBody(bookings: [body]), tag: booking.version)
    default:
      guard let booking = try await store.booking(BookingID(resource)) else { return nil }
      return try await reply(booking, status: status)
    }
  }

  /// A booking as an answer.
  func reply(_ booking: Booking, status: Int = 200) async throws -> Reply {
    let calendar = try await calendar(of: booking.restaurantID)
    var reply = try Reply.json(BookingBody(booking, calendar: calendar), status: status, tag: booking.version)
    if status == 201 { reply.headers[.location] = "/v1/bookings/\(booking.id)" }
    return reply
  }

  /// A restaurant's calendar.
  /// - Throws: 404 if there is no such restaurant.
  func calendar(of id: RestaurantID) async throws -> RestaurantCalendar {
    guard let calendar = try await calendars.calendar(of: id) else {
      throw ProblemError.notFound("restaurant", id.rawValue)
    }
    return calendar
  }

  /// The path's restaurant as stored.
  func restaurant(_ call: Call) async throws -> StoredRestaurant {
    let id = try call.restaurantID()
    guard let stored = try await store.restaurant(id) else { throw ProblemError.notFound("restaurant", id.rawValue) }
    calendars.remember(stored.restaurant.calendar, of: id)
    return stored
  }

  /// The path's booking, if the caller may see it.
  func booking(_ call: Call) async throws -> Booking { try await booking(call.bookingID(), call) }

  func booking(_ id: BookingID, _ call: Call) async throws -> Booking {
    guard let booking = try await store.booking(id), call.caller.maySee(booking.restaurantID) else {
      throw ProblemError.notFound("booking", id.rawValue)
    }
    return booking
  }

  /// The id of the path's booking for a change. Keys of some restaurants only are checked here too, before any desk.
  func changeable(_ call: Call) async throws -> BookingID {
    let id = try call.bookingID()
    if !call.caller.restaurants.isEmpty { _ = try await booking(id, call) }
    return id
  }
}
