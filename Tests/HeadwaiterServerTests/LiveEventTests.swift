import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Hummingbird
import Resilience
import Testing

@testable import HeadwaiterServer

@Suite("Live events")
struct LiveEventTests {
  @Test func page_goesOnWhereTheLastOneEnded() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let start = try #require(try await caller.get("/v1/restaurants/house/events").int("last"))
      _ = try await caller.book()
      let page = try await caller.get("/v1/restaurants/house/events?after=\(start)")
      #expect(!page.list("events").isEmpty)
      #expect(page.string("events.0.topic") == "booking")
      #expect(page.string("events.0.data.start") == "2026-06-01T19:00:00+01:00")
      let rest = try await caller.get("/v1/restaurants/house/events?after=\(try #require(page.int("last")))")
      #expect(rest.list("events").isEmpty)
      #expect(try await caller.get("/v1/restaurants/other/events?after=\(start)").list("events").isEmpty)
    }
  }

  @Test func stream_afterAnId_tellsWhatWasMissedThenWhatHappens() async throws {
    let store = FakeOutbox()
    for _ in 0..<3 { store.add("house") }
    store.add("other")
    let live = LiveEvents(store: store)
    let subscription = EventSubscription(
      restaurant: "house", start: 1, renderer: EventRenderer(calendar: CalendarCache.utc), store: store,
      signals: try await live.subscribe(to: "house"))
    store.add("house")
    await live.runOnce()
    store.add("house")
    await live.runOnce()
    live.end()
    let recorder = RecordingWriter()
    var writer: any ResponseBodyWriter = recorder
    try await subscription.write(to: &writer)
    let ids = recorder.text.split(separator: "\n").filter { $0.hasPrefix("id: ") }
    #expect(ids == ["id: 2", "id: 3", "id: 5", "id: 6"])
    #expect(recorder.text.contains("event: booking\ndata: {\"at\":\"1970-01-01T00:00:01Z\"}\n\n"))
  }

  @Test func subscriber_thatDoesNotKeepUp_isDropped() async throws {
    let store = FakeOutbox()
    let live = LiveEvents(store: store)
    let slow = try await live.subscribe(to: "house")
    for _ in 0..<(LiveEvents.bufferSize + 10) { store.add("house") }
    await live.runOnce()
    var count = 0
    for await _ in slow { count += 1 }
    #expect(count == LiveEvents.bufferSize)
  }

  @Test func subscribe_afterTheEnd_endsAtOnce() async throws {
    let live = LiveEvents(store: FakeOutbox())
    live.end()
    for await _ in try await live.subscribe(to: "house") { Issue.record("nothing is told after the end") }
  }

  @Test func head_ofAStream_ends() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let answer = try await caller.send(
        .head, "/v1/restaurants/house/events", headers: ["Accept": "text/event-stream"])
      #expect(answer.status == 200)
      #expect(answer.header("Content-Type") == "text/event-stream")
      let bad = try await caller.get(
        "/v1/restaurants/house/events", headers: ["Accept": "text/event-stream", "Last-Event-ID": "x"])
      #expect(bad.status == 400)
    }
  }
}

/// An outbox in memory.
final class FakeOutbox: OutboxReading {
  private let messages = Locked<[StoredOutboxMessage]>([])

  func add(_ restaurant: RestaurantID) {
    messages.withLock { messages in
      let message = OutboxMessage(
        topic: "booking", restaurantID: restaurant, bookingID: nil, payload: "{\"at\":1000000}",
        createdAt: ManualClock.start)
      messages.append(StoredOutboxMessage(id: Int64(messages.count + 1), message: message))
    }
  }

  func outbox(after id: Int64, limit: Int) async throws(StoreError) -> [StoredOutboxMessage] {
    messages.withLock { Array($0.filter { $0.id > id }.prefix(limit)) }
  }

  func latestOutboxID() async throws(StoreError) -> Int64 { messages.withLock { $0.last?.id ?? 0 } }
}

/// Keeps what is written.
final class RecordingWriter: ResponseBodyWriter {
  private let written = Locked("")

  var text: String { written.withLock { $0 } }

  func write(_ buffer: ByteBuffer) async throws { written.withLock { $0 += String(buffer: buffer) } }
  func finish(_: HTTPFields?) async throws {}
}
