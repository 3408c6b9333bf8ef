public import AssignmentPipeline
public import BookingDomain
public import HeadwaiterAPI

/// What a person does with a booking.
struct BookingActionController: Sendable {
  let edge: Edge

  private var desk: any BookingDesk { edge.dependencies.bookings }

  func move(_ call: Call) async throws -> Reply {
    let tables = try call.read(TablesBody.self).numbers
    let id = try await edge.changeable(call)
    return try await edge.reply(desk.move(id, to: tables, call.change(resource: id.rawValue)))
  }

  func squeeze(_ call: Call) async throws -> Reply {
    let tables = try call.read(TablesBody.self).numbers
    let id = try await edge.changeable(call)
    return try await edge.reply(desk.squeeze(id, onto: tables, call.change(resource: id.rawValue)))
  }

  func swap(_ call: Call) async throws -> Reply {
    let other = BookingID(try call.read(SwapBody.self).with)
    let id = try await edge.changeable(call)
    guard WireName.isIdentifier(other.rawValue) else { throw ProblemError.notFound("booking", other.rawValue) }
    if !call.caller.restaurants.isEmpty { _ = try await edge.booking(other, call) }
    let bookings = try await desk.swap(id, other, call.change(resource: id.rawValue))
    guard let first = bookings.first else { throw ProblemError.notFound("booking", id.rawValue) }
    let calendar = try await edge.calendar(of: first.restaurantID)
    return try .json(
      SwapResultBody(bookings: bookings.map { BookingBody($0, calendar: calendar) }), tag: first.version)
  }

  func pin(_ call: Call) async throws -> Reply { try await act(call) { try await desk.pin($0, true, $1) } }
  func unpin(_ call: Call) async throws -> Reply { try await act(call) { try await desk.pin($0, false, $1) } }
  func cancel(_ call: Call) async throws -> Reply { try await act(call) { try await desk.cancel($0, $1) } }
  func seat(_ call: Call) async throws -> Reply { try await act(call) { try await desk.seat($0, $1) } }
  func complete(_ call: Call) async throws -> Reply { try await act(call) { try await desk.complete($0, $1) } }
  func noShow(_ call: Call) async throws -> Reply { try await act(call) { try await desk.noShow($0, $1) } }
  func extend(_ call: Call) async throws -> Reply { try await act(call) { try await desk.extend($0, $1) } }
  func undo(_ call: Call) async throws -> Reply { try await act(call) { try await desk.undo($0, $1) } }

  private func act(
    _ call: Call, _ change: (BookingID, ChangeRequest) async throws -> Booking
  ) async throws -> Reply {
    let id = try await edge.changeable(call)
    return try await edge.reply(change(id, call.change(resource: id.rawValue)))
  }
}

/// What a person decides about a booking in review.
struct ReviewController: Sendable {
  let edge: Edge

  private var desk: any ReviewDesk { edge.dependencies.reviews }

  func list(_ call: Call) async throws -> Reply {
    let limit = try call.query.int("limit", WireLimits.pageSize) ?? 100
    let after = try call.query.identifier("after").map(BookingID.init(rawValue:))
    let restaurant = try edge.restaurantFilter(call)
    if let restaurant { _ = try await edge.calendar(of: restaurant) }
    let items = try await desk.queue(restaurant, after: after, limit: limit, caller: call.caller)
    var bodies: [ReviewItemBody] = []
    for item in items {
      bodies.append(ReviewItemBody(item, calendar: try await edge.calendar(of: item.booking.restaurantID)))
    }
    let next = items.count == limit ? items.last?.booking.id.rawValue : nil
    return try .json(ReviewQueueBody(items: bodies, next: next))
  }

  func forceConfirm(_ call: Call) async throws -> Reply {
    let body = try call.read(ForceConfirmBody.self)
    return try await act(call) { try await desk.forceConfirm($0, tables: body.numbers, moves: body.roomMoves, $1) }
  }

  func requeue(_ call: Call) async throws -> Reply { try await act(call) { try await desk.requeue($0, $1) } }
  func decline(_ call: Call) async throws -> Reply { try await act(call) { try await desk.decline($0, $1) } }
  func keep(_ call: Call) async throws -> Reply { try await act(call) { try await desk.keep($0, $1) } }
  func undo(_ call: Call) async throws -> Reply { try await act(call) { try await desk.undo($0, $1) } }

  private func act(
    _ call: Call, _ change: (BookingID, ChangeRequest) async throws -> Booking
  ) async throws -> Reply {
    let id = try await edge.changeable(call)
    return try await edge.reply(change(id, call.change(resource: id.rawValue)))
  }
}

extension ReviewItemBody {
  /// - Parameter showsGuest: false where names do not belong, as on terminals that are logged.
  public init(_ item: ReviewItem, calendar: RestaurantCalendar, showsGuest: Bool = true) {
    self.init(
      booking: BookingBody(item.booking, calendar: calendar, showsGuest: showsGuest),
      alertAt: calendar.format(item.alertAt),
      alerting: item.isAlerting,
      suggestedTables: item.tables.map { TableSuggestionBody($0, calendar: calendar) },
      suggestedTimes: item.times.map { AvailableTimeBody($0, calendar: calendar) })
  }
}

extension ForceConfirmBody {
  fileprivate var roomMoves: [RoomMove] {
    (moves ?? []).map { move in
      RoomMove(bookingID: BookingID(move.bookingID), tables: move.tables.map(TableNumber.init(rawValue:)))
    }
  }
}
