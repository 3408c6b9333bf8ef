import AssignmentPipeline
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// Tables out of use.
struct BlockController: Sendable {
  let edge: Edge

  func list(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    let calendar = try await edge.calendar(of: id)
    let blocks = try await edge.dependencies.floors.blocks(id, after: edge.dependencies.clock.now())
    return try .json(BlockListBody(blocks: blocks.map { BlockBody($0, calendar: calendar) }))
  }

  func create(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    let body = try call.read(NewBlockBody.self)
    let calendar = try await edge.calendar(of: id)
    guard let window = body.window else { throw ProblemError.field("/from", "is no time", allowed: WireTime.allowed) }
    let block = try await edge.dependencies.floors.block(
      NewBlock(
        restaurantID: id, tables: body.numbers, window: window, reason: body.reason,
        displace: body.displace ?? false), call.change())
    var reply = try Reply.json(BlockBody(block, calendar: calendar), status: 201)
    reply.headers[.location] = "/v1/restaurants/\(id)/blocks/\(block.id)"
    return reply
  }

  func delete(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    try await edge.dependencies.floors.unblock(call.blockID(), restaurant: id, call.change())
    return .noContent
  }
}

extension BlockBody {
  init(_ block: TableBlock, calendar: RestaurantCalendar) {
    self.init(
      id: block.id, restaurantID: block.restaurantID.rawValue, tables: block.tables.map(\.rawValue),
      from: calendar.format(block.window.start), until: calendar.format(block.window.end), reason: block.reason)
  }
}
