public import AssignmentPipeline
public import AssignmentStore
import BookingDomain
import Resilience
public import ServiceLifecycle

/// Fans the outbox out to the subscribers of live events.
///
/// Tails the outbox while someone listens: when woken, and every 250 ms, because other processes write to it too. Each
/// subscriber has a bounded buffer; one that does not keep up is dropped, and resumes by the id that it saw last.
public final class LiveEvents: Service, Sendable {
  static let tailInterval = Duration.milliseconds(250)
  static let restInterval = Duration.milliseconds(10)
  static let keepAliveInterval = Duration.seconds(15)
  static let bufferSize = 1_024
  static let pageSize = 500

  /// What a subscriber is sent.
  enum Signal: Sendable {
    case message(StoredOutboxMessage)
    /// Nothing happened; the connection is kept open.
    case keepAlive
  }

  private struct Subscriber {
    var restaurant: RestaurantID
    var sink: AsyncStream<Signal>.Continuation
  }

  private struct State {
    var subscribers: [Int: Subscriber] = [:]
    var nextKey = 0
    /// The last message that was fanned out; nil while nobody listens.
    var cursor: Int64?
    var hasEnded = false
  }

  private let store: any OutboxReading
  private let state = Locked(State())
  private let signal: WakeSignal

  /// - Parameter signal: woken when this process has written to the outbox.
  public init(store: any OutboxReading, signal: WakeSignal = WakeSignal()) {
    self.store = store
    self.signal = signal
  }

  /// Tails the outbox until graceful shutdown, which ends all streams.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.tail() }
        group.addTask { await self.keepAlive() }
      }
    }
    end()
  }

  private func tail() async {
    while !Task.isCancelled {
      guard state.withLock({ !$0.subscribers.isEmpty }) else {
        try? await Task.sleep(for: Self.tailInterval)
        continue
      }
      await signal.sleep(atMost: Self.tailInterval)
      await runOnce()
      // Many small commits are told in one go.
      try? await Task.sleep(for: Self.restInterval)
    }
  }

  private func keepAlive() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: Self.keepAliveInterval)
      let sinks = state.withLock { $0.subscribers.values.map(\.sink) }
      for sink in sinks { sink.yield(.keepAlive) }
    }
  }

  /// Fans out what was written since the last time. A failure is left to the next time.
  func runOnce() async {
    while let cursor = state.withLock({ $0.cursor }) {
      guard let page = try? await store.outbox(after: cursor, limit: Self.pageSize), let last = page.last else {
        return
      }
      deliver(page, last: last.id)
      if page.count < Self.pageSize { return }
    }
  }

  /// Who listens, and the last message that they were told; nil while nobody does.
  public var audience: (listeners: Int, told: Int64?) {
    state.withLock { ($0.subscribers.count, $0.cursor) }
  }

  /// Subscribes to a restaurant's messages. What was written before is the subscriber's to read from the outbox.
  func subscribe(to restaurant: RestaurantID) async throws(StoreError) -> AsyncStream<Signal> {
    let latest = try await store.latestOutboxID()
    let (stream, sink) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .bufferingOldest(Self.bufferSize))
    let key: Int? = state.withLock { state in
      if state.hasEnded { return nil }
      state.nextKey += 1
      state.subscribers[state.nextKey] = Subscriber(restaurant: restaurant, sink: sink)
      if state.cursor == nil { state.cursor = latest }
      return state.nextKey
    }
    guard let key else {
      sink.finish()
      return stream
    }
    sink.onTermination = { [weak self] _ in self?.remove(key) }
    return stream
  }

  private func deliver(_ page: [StoredOutboxMessage], last: Int64) {
    let slow: [AsyncStream<Signal>.Continuation] = state.withLock { state in
      var slow: [AsyncStream<Signal>.Continuation] = []
      for subscriber in state.subscribers.values {
        for message in page where message.message.concerns(subscriber.restaurant) {
          guard case .dropped = subscriber.sink.yield(.message(message)) else { continue }
          slow.append(subscriber.sink)
          break
        }
      }
      if state.cursor != nil { state.cursor = last }
      return slow
    }
    // Outside the lock: ending a stream calls back to remove it.
    for sink in slow { sink.finish() }
  }

  private func remove(_ key: Int) {
    state.withLock { state in
      _ = state.subscribers.removeValue(forKey: key)
      if state.subscribers.isEmpty { state.cursor = nil }
    }
  }

  /// Ends all streams; later subscriptions end at once.
  func end() {
    let sinks = state.withLock { state in
      state.hasEnded = true
      return state.subscribers.values.map(\.sink)
    }
    for sink in sinks { sink.finish() }
  }
}
