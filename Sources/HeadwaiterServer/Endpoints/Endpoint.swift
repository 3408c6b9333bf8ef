import Hummingbird

/// One method on one path: the router and the API's document are both made from these.
struct Endpoint: Sendable {
  let operation: Operation
  let method: HTTPRequest.Method
  /// With parameters in braces, for example `/v1/bookings/{booking_id}`.
  let path: String
  let access: Access
  let summary: String
  var query: [QueryParameter] = []
  /// Name of the schema of the body; nil takes none.
  var request: String?
  /// Whether a body may be left out.
  var bodyIsOptional = false
  /// Largest body, in bytes.
  var bodyLimit = 64 * 1024
  var success: [Success]
  /// Statuses of problems beyond those that ``commonProblems`` gives.
  var problems: [Int] = []
  /// Takes `If-Match`.
  var isGuarded = false
  /// Answers with an `ETag`, and 304 to a matching `If-None-Match`.
  var isTagged = false

  /// A good answer.
  struct Success: Sendable {
    var status: Int
    /// Nil has no body.
    var schema: String?
    var description: String
    var contentType = "application/json"
  }

  /// A query parameter.
  struct QueryParameter: Sendable {
    var name: String
    var schema: JSONValue
    var description: String
    var isRequired = false
  }

  /// Whether it is part of the API's document.
  var isDocumented: Bool { path.hasPrefix("/v1/") }

  /// The same, without a key.
  var forAnyone: Endpoint {
    Endpoint(
      operation: operation, method: method, path: path, access: .anyone, summary: summary, query: query,
      success: success)
  }

  /// Names of the path's parameters, in order.
  var pathParameters: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
  }

  /// The path as the router takes it.
  var routerPath: RouterPath {
    let parts = path.split(separator: "/").map { $0.hasPrefix("{") ? ":\($0.dropFirst().dropLast())" : String($0) }
    return RouterPath("/" + parts.joined(separator: "/"))
  }

  /// Statuses of problems that every endpoint like this one may answer with.
  var commonProblems: [Int] {
    var statuses = access == .anyone ? [] : [400, 401, 403, 429, 503]
    if !pathParameters.isEmpty { statuses.append(404) }
    if request != nil { statuses += [413, 415, 422] }
    if isGuarded { statuses.append(412) }
    if method == .post { statuses += [409, 413, 422] }
    return Array(Set(statuses + problems)).sorted()
  }
}

extension Endpoint.Success {
  static func ok(_ schema: String, _ description: String) -> Self {
    Self(status: 200, schema: schema, description: description)
  }

  static func created(_ schema: String, _ description: String) -> Self {
    Self(status: 201, schema: schema, description: description)
  }

  static let nothing = Self(status: 204, schema: nil, description: "Done.")
}
