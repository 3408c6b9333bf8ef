import HeadwaiterAPI
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
    let level = Self.level(of: response.status.code)
    guard context.logger.logLevel <= level else { return response }
    var metadata: Logger.Metadata = [
      "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "none")",
      "status": "\(response.status.code)", "ms": "\((ContinuousClock.now - start) / .milliseconds(1))",
    ]
    if let id = Self.bookingID(in: request.uri.path, route: context.endpointPath) { metadata["booking_id"] = "\(id)" }
    context.logger.log(level: level, "request", metadata: metadata, source: "http")
    return response
  }

  /// A dependency that is away passes by itself; any other answer of this kind is a defect.
  private static func level(of status: Int) -> Logger.Level {
    status == 503 ? .warning : status >= 500 ? .error : .debug
  }

  /// The booking that a path names; nothing that cannot be a booking's id.
  private static func bookingID(in path: String, route: String?) -> String? {
    let names = route?.split(separator: "/") ?? []
    guard let place = names.firstIndex(where: { $0.contains("booking_id") }) else { return nil }
    let parts = path.split(separator: "/")
    guard parts.count == names.count, WireName.isIdentifier(String(parts[place])) else { return nil }
    return String(parts[place])
  }
}
