import HeadwaiterConsole
import Hummingbird

/// The console's pages; static, and with no way to write.
struct ConsoleController: Sendable {
  let edge: Edge

  func page(_ call: Call) async throws -> Reply {
    if call.parameters.get("restaurant_id") == nil { return try asset("/") }
    return try asset("/floor/page")
  }

  func file(_ call: Call) async throws -> Reply { try asset("/console/" + (call.parameters.get("file") ?? "")) }

  private func asset(_ path: String) throws -> Reply {
    guard let asset = ConsoleAssets.asset(path: path) else { throw ProblemError.notFound("page", path) }
    var reply = Reply.bytes(asset.bytes, contentType: asset.contentType, tag: asset.etag)
    reply.headers[.contentSecurityPolicy] = ConsoleAssets.contentSecurityPolicy
    reply.headers[.cacheControl] = "no-cache"
    return reply
  }
}
