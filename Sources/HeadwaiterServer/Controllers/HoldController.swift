import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// A guest's holds before the booking.
struct HoldController: Sendable {
  let edge: Edge

  private var desk: any HoldDesk { edge.dependencies.holds }

  func create(_ call: Call) async throws -> Reply {
    let body = try call.read(NewHoldBody.self)
    let id = try call.visible(RestaurantID(body.restaurantID))
    let calendar = try await edge.calendar(of: id)
    guard let start = body.startTime(in: calendar) else {
      throw ProblemError.field("/start", "is no time", allowed: WireTime.allowed)
    }
    let new = HoldRequest(
      restaurantID: id, party: body.partySize, start: start, service: body.service, wishes: body.wishes)
    do {
      let hold = try await desk.hold(new, call.change())
      var reply = try Reply.json(HoldBody(hold, calendar: calendar), status: 201)
      reply.headers[.location] = "/v1/holds/\(hold.id)"
      return reply
    } catch let error as DeskError {
      throw Refused(error: error, calendar: calendar)
    }
  }

  func read(_ call: Call) async throws -> Reply {
    let hold = try await own(call)
    return try await .json(HoldBody(hold, calendar: edge.calendar(of: hold.restaurantID)))
  }

  func release(_ call: Call) async throws -> Reply {
    let hold = try await own(call)
    try await desk.release(hold.id, call.change())
    return .noContent
  }

  func confirm(_ call: Call) async throws -> Reply {
    let body = call.body.isEmpty ? HoldConfirmBody(guest: nil) : try call.read(HoldConfirmBody.self)
    let hold = try await own(call)
    let calendar = try await edge.calendar(of: hold.restaurantID)
    do {
      return try await edge.reply(desk.confirm(hold.id, guest: body.guest?.guest, call.change()), status: 201)
    } catch let error as DeskError {
      throw Refused(error: error, calendar: calendar)
    }
  }

  /// The path's hold. A guest app sees its own; of others it is told nothing.
  private func own(_ call: Call) async throws -> Hold {
    let hold = try await desk.read(call.holdID())
    let isForeign = call.caller.role == .guestApp && hold.caller != call.caller.id
    guard !isForeign, call.caller.maySee(hold.restaurantID) else { throw ProblemError.notFound("hold", hold.id) }
    return hold
  }
}

extension HoldBody {
  init(_ hold: Hold, calendar: RestaurantCalendar) {
    self.init(
      id: hold.id, restaurantID: hold.restaurantID.rawValue, partySize: hold.party, slot: hold.slot,
      tables: hold.tables, expiresAt: hold.expiresAt, calendar: calendar)
  }
}
