import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// A request that has passed key, role and form, as a controller gets it.
struct Call: Sendable {
  let endpoint: Endpoint
  let caller: Caller
  let headers: HTTPFields
  let parameters: Parameters
  let query: QueryReader
  let body: [UInt8]
  /// The version that a change expects (`If-Match`).
  let expectedVersion: Int?
  /// Committed with the change.
  var idempotency: IdempotencyRecord?
  /// Kept open by streams, so that they end when the client goes.
  let requestBody: RequestBody
  /// What a booking that it makes belongs to.
  var trace: TraceID?

  /// What a desk is told besides the change itself.
  /// - Parameter resource: what an answer can be rendered from, should it get lost.
  func change(resource: String? = nil) -> ChangeRequest {
    var record = idempotency
    if let resource { record?.resource = resource }
    return ChangeRequest(caller: caller, expectedVersion: expectedVersion, idempotency: record, trace: trace)
  }

  /// The body, read strictly.
  func read<Body: WireRequest>(_: Body.Type) throws -> Body {
    let tree: JSONTree
    do {
      tree = try JSONTree.parse(body, source: "body")
    } catch {
      throw ProblemError(Problem(error, status: 400, code: "malformed_json", title: "The body is no JSON"))
    }
    do {
      return try Body.read(tree)
    } catch {
      throw ProblemError(Problem(error, status: 422, code: "invalid_body", title: "The body cannot be taken"))
    }
  }

  /// A path parameter that names something; one that cannot be a name names nothing.
  private func identifier(_ name: String, _ kind: String) throws -> String {
    let text = parameters.get(name) ?? ""
    guard WireName.isIdentifier(text) else { throw ProblemError.notFound(kind, text) }
    return text
  }

  func bookingID() throws -> BookingID { BookingID(try identifier("booking_id", "booking")) }
  func holdID() throws -> String { try identifier("hold_id", "hold") }
  func planID() throws -> String { try identifier("plan_id", "plan") }
  func blockID() throws -> String { try identifier("block_id", "block") }

  /// The path's restaurant, if the caller may see it.
  func restaurantID() throws -> RestaurantID {
    try visible(RestaurantID(try identifier("restaurant_id", "restaurant")))
  }

  /// The restaurant, if the caller may see it: others are as if they were not there.
  func visible(_ id: RestaurantID) throws -> RestaurantID {
    guard caller.maySee(id) else { throw ProblemError.notFound("restaurant", id.rawValue) }
    return id
  }

  /// Whether no key is needed.
  var isOpen: Bool { caller.id == Caller.local().id }
}
