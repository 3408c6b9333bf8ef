import AssignmentPipeline
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// What a controller does for one endpoint.
typealias Handler = @Sendable (Call) async throws -> Reply

/// Takes a request through role, form, idempotency and conditions to its controller.
struct EndpointHandler: Sendable {
  let endpoint: Endpoint
  let handler: Handler
  let idempotency: IdempotentRunner
  private let parameterNames: [String]

  init(_ endpoint: Endpoint, idempotency: IdempotentRunner, handler: @escaping Handler) {
    self.endpoint = endpoint
    self.idempotency = idempotency
    self.handler = handler
    parameterNames = endpoint.query.map(\.name)
  }

  func respond(_ request: Request, _ context: EdgeContext) async throws -> Response {
    let caller = try authorised(context.caller)
    let body = try await body(of: request)
    let call = Call(
      endpoint: endpoint, caller: caller, headers: request.headers, parameters: context.parameters,
      query: try QueryReader(request.uri.query, known: parameterNames), body: body,
      expectedVersion: endpoint.isGuarded ? try EntityTag.expected(request.headers) : nil,
      requestBody: request.body, trace: context.trace)
    guard endpoint.method == .post else { return try await conditional(handler(call), request).response }
    let path = request.head.path ?? endpoint.path
    return try await idempotency.run(call, path: path, logger: context.logger, handler).response
  }

  private func authorised(_ caller: Caller?) throws -> Caller {
    guard endpoint.access != .anyone else { return caller ?? .local() }
    // Whatever a path looks like that led here, without a caller nothing is done.
    guard let caller else { throw ProblemError.unauthorized(given: false) }
    guard endpoint.access.allows(caller.role) else {
      throw ProblemError.forbidden(caller.role, allowed: endpoint.access)
    }
    return caller
  }

  private func conditional(_ reply: Reply, _ request: Request) -> Reply {
    guard endpoint.isTagged, let tag = reply.headers[.eTag], EntityTag.isKnown(tag, request.headers) else {
      return reply
    }
    var headers = HTTPFields()
    headers[.eTag] = tag
    headers[.cacheControl] = reply.headers[.cacheControl]
    return Reply(status: 304, headers: headers)
  }

  private func body(of request: Request) async throws -> [UInt8] {
    guard endpoint.method != .get else { return [] }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > endpoint.bodyLimit {
      throw ProblemError.tooLarge(limit: endpoint.bodyLimit)
    }
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: endpoint.bodyLimit)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw ProblemError.tooLarge(limit: endpoint.bodyLimit)
    }
    let bytes = Array(buffer.readableBytesView)
    try checkForm(bytes, request.headers)
    return bytes
  }

  /// Whether there is a body where there should be one, and JSON.
  private func checkForm(_ bytes: [UInt8], _ headers: HTTPFields) throws {
    if bytes.isEmpty {
      guard endpoint.request == nil || endpoint.bodyIsOptional else {
        throw ProblemError(400, "body_missing", "A body is needed", "send JSON as application/json")
      }
      return
    }
    guard endpoint.request != nil else {
      guard bytes == Array("{}".utf8) else {
        throw ProblemError(400, "body_not_expected", "No body is taken here", "send none, or {}")
      }
      return
    }
    guard Self.isJSON(headers[.contentType]) else {
      var error = ProblemError(415, "unsupported_media_type", "The body must be JSON", "Content-Type tells what it is")
      error.problem.allowed = "application/json"
      throw error
    }
  }

  private static func isJSON(_ contentType: String?) -> Bool {
    guard let contentType else { return false }
    let type = contentType.prefix(while: { $0 != ";" }).lowercased().filter { $0 != " " }
    return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
  }
}
