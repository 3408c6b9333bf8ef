import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// Restaurants and their files.
struct RestaurantController: Sendable {
  let edge: Edge

  func list(_ call: Call) async throws -> Reply {
    let limit = try call.query.int("limit", WireLimits.pageSize) ?? 100
    let after = try call.query.identifier("after").map(RestaurantID.init(rawValue:))
    let page = try await page(after: after, limit: limit + 1, call)
    let shown = page.prefix(limit)
    return try .json(
      RestaurantListBody(
        restaurants: shown.map { RestaurantSummary($0.restaurant, revision: $0.revision, updatedAt: $0.updatedAt) },
        next: page.count > limit ? shown.last?.restaurant.id.rawValue : nil))
  }

  /// A key of some restaurants reads just those.
  private func page(after: RestaurantID?, limit: Int, _ call: Call) async throws -> [StoredRestaurant] {
    guard !call.caller.restaurants.isEmpty else {
      return try await edge.store.restaurants(after: after, limit: limit)
    }
    var page: [StoredRestaurant] = []
    for id in call.caller.restaurants.sorted() where after.map({ $0 < id }) ?? true {
      guard page.count < limit else { break }
      if let stored = try await edge.store.restaurant(id) { page.append(stored) }
    }
    return page
  }

  func read(_ call: Call) async throws -> Reply {
    let stored = try await edge.restaurant(call)
    return .bytes(
      RestaurantFile.encode(stored.restaurant), contentType: "application/json", tag: EntityTag.text(stored.revision))
  }

  func put(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    let affected = try call.query.option("affected", AffectedPolicy.self) ?? .refuse
    let restaurant = try file(call.body)
    guard restaurant.id == id else {
      throw ProblemError.field("/id", "is not the path's", allowed: id.rawValue)
    }
    if call.headers[.ifMatch] == "*", try await edge.store.restaurantRevision(id) == nil {
      throw ProblemError(412, "stale_version", "There is no such restaurant", "If-Match: * changes, it does not create")
    }
    let stored = try await edge.dependencies.floors.put(
      restaurant, document: call.body, affected: affected, call.change(resource: id.rawValue))
    edge.calendars.remember(restaurant.calendar, of: id)
    let summary = RestaurantSummary(stored.restaurant, revision: stored.revision, updatedAt: stored.updatedAt)
    var reply = try Reply.json(summary, status: stored.revision == 1 ? 201 : 200, tag: stored.revision)
    if stored.revision == 1 { reply.headers[.location] = "/v1/restaurants/\(id)" }
    return reply
  }

  private func file(_ body: [UInt8]) throws -> Restaurant {
    do {
      return try RestaurantFile.decode(body, source: "body")
    } catch {
      let isJSON = error.isOfJSON
      throw ProblemError(
        Problem(
          error, status: isJSON ? 422 : 400, code: isJSON ? "invalid_restaurant" : "malformed_json",
          title: isJSON ? "The restaurant file cannot be taken" : "The body is no JSON"))
    }
  }
}
