import HeadwaiterAPI
import Hummingbird

/// Answers every error as a problem, and paths and methods that nothing answers as 404 and 405.
struct ProblemMiddleware: RouterMiddleware {
  typealias Context = EdgeContext

  let renderer: ProblemRenderer

  func handle(
    _ request: Request, context: EdgeContext, next: @concurrent (Request, EdgeContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      return Self.unanswered(request).reply.response
    } catch {
      return await renderer.problem(for: error, logger: context.logger).reply.response
    }
  }

  private static func unanswered(_ request: Request) -> ProblemError {
    guard let methods = EndpointTable.methods(at: request.uri.path), !methods.contains(request.method) else {
      return ProblemError(404, "not_found", "Not found", "there is nothing at this path")
    }
    let allowed = methods.map(\.rawValue).sorted().joined(separator: ", ")
    var error = ProblemError(405, "method_not_allowed", "Not with this method")
    error.problem.allowed = allowed
    error.headers[.allow] = allowed
    return error
  }
}
