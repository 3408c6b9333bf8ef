import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird
import Logging

/// Renders the present state of what a lost request had made.
typealias ResourceRenderer = @Sendable (Call, String) async throws -> Reply?

/// Lets a POST with an `Idempotency-Key` act once, and replays its first answer.
struct IdempotentRunner: Sendable {
  let store: any IdempotencyStore
  let clock: any WallClock
  let problems: ProblemRenderer
  let flights: SingleFlight
  let render: ResourceRenderer

  /// How long to wait for a request that another process has begun, and how often to look.
  private static let patience = 40
  private static let pause = Duration.milliseconds(50)

  func run(_ call: Call, path: String, logger: Logger, _ handler: @escaping Handler) async throws -> Reply {
    guard let key = call.headers[.idempotencyKey] else { return try await handler(call) }
    let request = try KeyedRequest(key, call, path: path, at: clock.now())
    return try await flights.run(request) {
      await reply(to: call, request, logger, handler)
    }
  }

  private func reply(
    to call: Call, _ request: KeyedRequest, _ logger: Logger, _ handler: Handler
  ) async -> Reply {
    do {
      if let known = try await store.idempotencyRecord(scope: request.scope, key: request.key) {
        return try await replay(known, request, call)
      }
      return try await first(call, request, logger, handler)
    } catch {
      return await problems.problem(for: error, logger: logger).reply
    }
  }

  /// Acts, and keeps the answer unless it is the server's own failure.
  private func first(
    _ call: Call, _ request: KeyedRequest, _ logger: Logger, _ handler: Handler
  ) async throws -> Reply {
    var call = call
    call.idempotency = request.record
    let reply: Reply
    do {
      reply = try await handler(call)
    } catch DeskError.idempotencyConflict, StoreError.idempotencyConflict {
      return try await awaitOther(request, call)
    } catch let refused as Refused {
      if case .idempotencyConflict = refused.error { return try await awaitOther(request, call) }
      reply = await problems.problem(for: refused, logger: logger).reply
    } catch {
      reply = await problems.problem(for: error, logger: logger).reply
    }
    if reply.status < 500 { await keep(reply, request, logger) }
    return reply
  }

  private func keep(_ reply: Reply, _ request: KeyedRequest, _ logger: Logger) async {
    var record = request.record
    record.response = reply.stored
    do {
      try await store.saveIdempotency(record)
    } catch {
      // The change itself is committed with its key: a replay is then rendered from what it made.
      logger.tell(error, "an answer could not be kept for replays", source: "http")
    }
  }

  private func replay(
    _ known: IdempotencyRecord, _ request: KeyedRequest, _ call: Call
  ) async throws -> Reply {
    try request.check(known.fingerprint)
    if let response = known.response { return Reply(response).replayed }
    return try await awaitOther(request, call)
  }

  /// Waits for the answer of a request that another process has begun; if that has died, tells what it had made.
  private func awaitOther(_ request: KeyedRequest, _ call: Call) async throws -> Reply {
    var latest: IdempotencyRecord?
    for _ in 0..<Self.patience {
      latest = try await store.idempotencyRecord(scope: request.scope, key: request.key)
      if let latest { try request.check(latest.fingerprint) }
      if let response = latest?.response { return Reply(response).replayed }
      try await Task.sleep(for: Self.pause)
    }
    if let resource = latest?.resource, let reply = try await render(call, resource) { return reply.replayed }
    var error = ProblemError(
      409, "idempotency_in_progress", "A request with this key is under way", "its answer is not known yet")
    error.problem.retryAfterSeconds = 1
    throw error
  }
}
