import BookingDomain
import Hummingbird
import Logging

/// Gives each request its place in a trace: the caller's (`traceparent`), or a new one. The answer names the span that it
/// was answered in, and every log line of the request the trace.
struct Tracing: RouterMiddleware {
  typealias Context = EdgeContext

  let ids: any TraceIDGenerator

  func handle(
    _ request: Request, context: EdgeContext, next: @concurrent (Request, EdgeContext) async throws -> Response
  ) async throws -> Response {
    let span = span(within: request.headers)
    var context = context
    context.trace = span.trace
    context.logger[metadataKey: "trace_id"] = "\(span.trace)"
    var response = try await next(request, context)
    response.headers[.traceparent] = span.header
    return response
  }

  /// A header that is there twice is none, as one that does not follow the grammar.
  private func span(within headers: HTTPFields) -> TraceParent {
    let given = headers[values: .traceparent]
    guard given.count == 1, let parent = TraceParent(given[0]) else {
      return TraceParent(trace: ids.trace(), span: ids.span())
    }
    return TraceParent(trace: parent.trace, span: ids.span(), isSampled: parent.isSampled)
  }
}

extension FieldName {
  static let traceparent = FieldName("traceparent")!
}
