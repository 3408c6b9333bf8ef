import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird
import ServiceLifecycle

/// Live events of a restaurant: as a stream, or as pages for clients that poll.
struct EventController: Sendable {
  let edge: Edge

  private static let pageSize = 500

  func events(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    let after = try call.query.int("after", 0...Int(Int32.max)).map(Int64.init)
    let renderer = EventRenderer(calendar: try await edge.calendar(of: id))
    guard call.headers[.accept]?.contains("text/event-stream") == true else {
      return try await page(of: id, after: after, renderer)
    }
    return try await stream(of: id, after: try Self.lastSeen(call.headers) ?? after, renderer, call)
  }

  /// Where a client that was cut off goes on.
  private static func lastSeen(_ headers: HTTPFields) throws -> Int64? {
    guard let field = headers[.lastEventID], !field.isEmpty else { return nil }
    guard let id = Int64(field), id >= 0 else {
      throw ProblemError.parameter("Last-Event-ID", value: field, "is no event's id", allowed: "0 and up")
    }
    return id
  }

  private func page(of id: RestaurantID, after: Int64?, _ renderer: EventRenderer) async throws -> Reply {
    guard let after else {
      return try .json(LiveEventListBody(events: [], last: try await edge.store.latestOutboxID()))
    }
    let messages = try await edge.store.outbox(after: after, limit: Self.pageSize)
    let events = messages.filter { $0.message.concerns(id) }.map { renderer.body($0, of: id) }
    return try .json(LiveEventListBody(events: events, last: messages.last?.id ?? after))
  }

  private func stream(
    of id: RestaurantID, after: Int64?, _ renderer: EventRenderer, _ call: Call
  ) async throws -> Reply {
    var start = try await edge.store.latestOutboxID()
    // An id that is not there yet is of another database: nothing was missed that could be told.
    if let after, after < start { start = after }
    let authentication = Authentication(keys: edge.keys)
    let subscription = EventSubscription(
      restaurant: id, start: start, renderer: renderer, store: edge.store,
      signals: try await edge.dependencies.live.subscribe(to: id),
      isLetIn: { await authentication.stillLetsIn(call.caller, with: call.headers) })
    var headers = HTTPFields()
    headers[.contentType] = "text/event-stream"
    headers[.cacheControl] = "no-store"
    let body = ResponseBody { writer in
      try await call.requestBody.consumeWithCancellationOnInboundClose { _ in
        try await subscription.write(to: &writer)
      }
      try await writer.finish(nil)
    }
    return Reply(status: 200, headers: headers, body: .stream(body))
  }
}

/// One client's stream: first what it missed, then what happens.
struct EventSubscription: Sendable {
  let restaurant: RestaurantID
  /// The last message that the client has.
  let start: Int64
  let renderer: EventRenderer
  let store: any OutboxReading
  let signals: AsyncStream<LiveEvents.Signal>
  /// Asked before anything is told; the stream of a revoked key ends.
  let isLetIn: @Sendable () async -> Bool

  @concurrent
  func write(to writer: inout any ResponseBodyWriter) async throws {
    // Tells browsers when to come back, and sends the head at once.
    try await writer.write(ByteBuffer(string: "retry: 2000\n: connected\n\n"))
    var last = try await catchUp(&writer)
    for await signal in signals.cancelOnGracefulShutdown() {
      guard await isLetIn() else { return }
      switch signal {
      case .keepAlive: try await writer.write(ByteBuffer(string: ": keep-alive\n\n"))
      case .message(let message) where message.id > last:
        try await writer.write(ByteBuffer(string: renderer.frame(message)))
        last = message.id
      case .message: continue
      }
    }
  }

  /// Reads what was written before the subscription began to hear of it.
  /// - Returns: the last message that was read.
  @concurrent
  private func catchUp(_ writer: inout any ResponseBodyWriter) async throws -> Int64 {
    var last = start
    while true {
      let page = try await store.outbox(after: last, limit: LiveEvents.pageSize)
      for message in page where message.message.concerns(restaurant) {
        try await writer.write(ByteBuffer(string: renderer.frame(message)))
      }
      last = page.last?.id ?? last
      if page.count < LiveEvents.pageSize { return last }
    }
  }
}
