import Hummingbird

/// Headers that keep browsers from doing more with an answer than it is for.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = EdgeContext

  private static let policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    + "frame-ancestors 'none'; form-action 'self'"

  func handle(
    _ request: Request, context: EdgeContext, next: @concurrent (Request, EdgeContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "no-referrer"
    if response.headers[.contentSecurityPolicy] == nil, response.headers[.contentType]?.hasPrefix("text/html") == true {
      response.headers[.contentSecurityPolicy] = Self.policy
    }
    // Answers hold personal data, or change by the second.
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension FieldName {
  static let referrerPolicy = FieldName("Referrer-Policy")!
}
