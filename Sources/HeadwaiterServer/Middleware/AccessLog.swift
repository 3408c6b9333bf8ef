import Hummingbird
import Logging

/// Logs what was asked and how it went: the route, never a query, header or body, in which personal data may be.
struct AccessLog: RouterMiddleware {
  typealias Context = EdgeContext

  func handle(
    _ request: Request, context: EdgeContext, next: @concurrent (Request, EdgeContext) async throws -> Response
  ) async throws -> Response {
    guard context.logger.logLevel <= .error else { return try await next(request, context) }
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let level: Logger.Level = response.status.code >= 500 ? .error : .debug
    context.logger.log(
      level: level, "request",
      metadata: [
        "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "none")",
        "status": "\(response.status.code)", "ms": "\((ContinuousClock.now - start) / .milliseconds(1))",
      ])
    return response
  }
}
