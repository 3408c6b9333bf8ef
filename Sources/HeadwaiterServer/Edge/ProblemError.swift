import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// A problem on its way out.
struct ProblemError: Error {
  var problem: Problem
  var headers = HTTPFields()

  init(_ problem: Problem) { self.problem = problem }

  init(_ status: Int, _ code: String, _ title: String, _ detail: String? = nil) {
    problem = Problem(status: status, code: code, title: title, detail: detail)
  }

  var reply: Reply {
    var headers = headers
    headers[.contentType] = "application/problem+json"
    if let seconds = problem.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
    guard let body = try? WireJSON.encode(problem) else { return Reply(status: problem.status, headers: headers) }
    return Reply(status: problem.status, headers: headers, body: .bytes(ByteBuffer(bytes: body)))
  }
}

extension ProblemError {
  /// 400: a wrong query parameter or header.
  static func parameter(_ name: String, value: String?, _ message: String, allowed: String) -> ProblemError {
    let shown = value.map { ValueExcerpt.quoted($0) }
    var problem = Problem(
      status: 400, code: "invalid_parameter", title: "A parameter cannot be taken",
      detail: [name, shown, message].compactMap { $0 }.joined(separator: " ") + "; allowed: \(allowed)")
    (problem.parameter, problem.value, problem.allowed) = (name, shown, allowed)
    return ProblemError(problem)
  }

  static func unknownParameter(_ name: String, known: [String]) -> ProblemError {
    let shown = ValueExcerpt.escaped(name, limit: 40)
    let allowed = known.isEmpty ? "none" : known.joined(separator: ", ")
    let hint = Spelling.closest(to: name, in: known).map { "; did you mean \($0)?" } ?? ""
    var problem = Problem(
      status: 400, code: "unknown_parameter", title: "A parameter is not known",
      detail: "\(shown) is not known; allowed: \(allowed)\(hint)")
    (problem.parameter, problem.allowed) = (shown, allowed)
    return ProblemError(problem)
  }

  /// 404: there is no such thing, or the caller may not see it.
  static func notFound(_ kind: String, _ id: String) -> ProblemError {
    ProblemError(404, "not_found", "Not found", "there is no \(kind) \(ValueExcerpt.escaped(id, limit: 70))")
  }

  /// 422: a member whose value is no error of form.
  static func field(_ pointer: String, _ message: String, allowed: String) -> ProblemError {
    var problem = Problem(
      status: 422, code: "invalid_field", title: "A field cannot be taken",
      detail: "\(pointer) \(message); allowed: \(allowed)")
    (problem.pointer, problem.allowed) = (pointer, allowed)
    return ProblemError(problem)
  }

  /// 401: a key is needed, or the one given is not known or revoked.
  static func unauthorized(given: Bool) -> ProblemError {
    let detail = given ? "the API key is not known or has been revoked" : "this path needs an API key"
    var error = ProblemError(401, "unauthorized", "An API key is needed", detail)
    error.headers[.wwwAuthenticate] = given ? "Bearer error=\"invalid_token\"" : "Bearer"
    return error
  }

  /// 403: the key's role does not do.
  static func forbidden(_ role: Role, allowed: Access) -> ProblemError {
    let roles = if case .roles(let roles) = allowed { roles.map(\.rawValue).sorted() } else { [String]() }
    var error = ProblemError(403, "forbidden", "Not for this role", "a key of role \(role.rawValue) may not do this")
    error.problem.allowed = roles.joined(separator: ", ")
    return error
  }
}
