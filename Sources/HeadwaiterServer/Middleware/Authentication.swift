import AssignmentPipeline
import Hummingbird

/// Finds the caller of every `/v1` path, also of unknown ones: without a key they are 401, not 404; and of `/metrics`, where
/// that takes a key.
struct Authentication: RouterMiddleware {
  typealias Context = EdgeContext

  let keys: KeyDirectory
  var guardsMetrics = false
  /// How long the keys of those who ask for metrics are looked for.
  var patience = Duration.seconds(1)

  func handle(
    _ request: Request, context: EdgeContext, next: @concurrent (Request, EdgeContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    switch Self.area(of: request.uri.path) {
    case .api: context.caller = try await caller(request.headers)
    case .metrics where guardsMetrics: context.caller = try await observer(request.headers)
    case .metrics, .open: break
    }
    return try await next(request, context)
  }

  private enum Area { case api, metrics, open }

  /// Empty segments are passed over as the router does, so that `//v1` is no way around.
  private static func area(of path: String) -> Area {
    if path.hasPrefix("/v1/") { return .api }
    switch path.split(separator: "/").first {
    case "v1": return .api
    case "metrics": return .metrics
    default: return .open
    }
  }

  /// Metrics are wanted most when storage is away or hangs: then whoever was let in before is let in.
  private func observer(_ headers: HTTPFields) async throws -> Caller {
    switch await Patience.answer(within: patience, to: { try await caller(headers) }) {
    case .success(let caller)?: return caller
    case .failure(let error as ProblemError)?: throw error
    case .failure?, nil:
      guard let known = keys.remembered(secret: Self.secret(headers)) else {
        throw ProblemError.unavailable(retryAfter: .seconds(1))
      }
      return known
    }
  }

  private func caller(_ headers: HTTPFields) async throws -> Caller {
    guard try await keys.hasKeys() else { return .local() }
    guard let secret = Self.secret(headers) else { throw ProblemError.unauthorized(given: false) }
    guard let caller = try await keys.caller(secret: secret) else { throw ProblemError.unauthorized(given: true) }
    return caller
  }

  /// Whether a caller is let in still: its key may have been revoked, an open server may have got a key.
  ///
  /// A database that does not answer takes nothing away.
  func stillLetsIn(_ caller: Caller, with headers: HTTPFields) async -> Bool {
    do {
      return try await self.caller(headers).id == caller.id
    } catch is ProblemError {
      return false
    } catch {
      return true
    }
  }

  private static func secret(_ headers: HTTPFields) -> String? {
    if let key = headers[.apiKey] { return key }
    guard let field = headers[.authorization] else { return nil }
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }
}
