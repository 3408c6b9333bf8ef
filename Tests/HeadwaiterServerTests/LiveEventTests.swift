import AssignmentPipeline
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

  @Test func changesOfTheRollout_areToldToEveryRestaurant() async throws {
    let harness = try await ServerHarness()
    try await harness.run { (caller: TestCaller) async throws in
      let start = try #require(try await caller.get("/v1/restaurants/house/events").int("last"))
      _ = try await caller.send(.post, "/v1/admin/rollout/advance")
      for house in ["house", "other"] {
        let page = try await caller.get("/v1/restaurants/\(house)/events?after=\(start)")
        #expect(page.list("events").count == 2, "advancing, then entered")
        #expect(page.string("events.1.topic") == "rollout")
        #expect(page.string("events.1.restaurant_id") == house)
        #expect(page.string("events.1.data.status") == "entered")
        #expect(page.string("events.1.data.phase") == "staging_shadow")
      }
    }
  }

  @Test func stream_afterAnId_tellsWhatWasMissedThenWhatHappens() async throws {
    let store = FakeOutbox()
    for _ in 0..<3 { store.add("house") }
    store.add("other")
    let live = LiveEvents(store: store)
    let subscription = EventSubscription(
      restaurant: "house", start: 1, renderer: EventRenderer(calendar: CalendarCache.utc), store: store,
      signals: try await live.subscribe(to: "house"), isLetIn: { true })
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

  @Test(arguments: [false, true])
  func stream_ofAKeyThatIsRevoked_endsAndTellsNothingMore(isRevoked: Bool) async throws {
    let harness = try await ServerHarness()
    let headers: HTTPFields = [.authorization: "Bearer \(try await harness.key(.host))"]
    let uptime = Locked(ContinuousClock.now)
    let authentication = Authentication(keys: KeyDirectory(store: harness.store, uptime: { uptime.withLock { $0 } }))
    let host = Caller(name: "host", id: "key-host-", role: .host)
    #expect(await authentication.stillLetsIn(host, with: headers))

    let told = FakeOutbox()
    let live = LiveEvents(store: told)
    let subscription = EventSubscription(
      restaurant: "house", start: 0, renderer: EventRenderer(calendar: CalendarCache.utc), store: FakeOutbox(),
      signals: try await live.subscribe(to: "house"),
      isLetIn: { await authentication.stillLetsIn(host, with: headers) })
    if isRevoked { _ = try await harness.store.revokeKey(id: "key-host-", at: harness.clock.now()) }
    uptime.withLock { $0 += .seconds(1) }
    told.add("house")
    await live.runOnce()
    if !isRevoked { live.end() }
    let recorder = RecordingWriter()
    var writer: any ResponseBodyWriter = recorder
    try await subscription.write(to: &writer)
    #expect(recorder.text.contains("id: 1\n") == !isRevoked)
  }

  @Test func stream_ofAnOpenServer_endsWhenAKeyIsSetUp() async throws {
    let harness = try await ServerHarness()
    let uptime = Locked(ContinuousClock.now)
    let authentication = Authentication(keys: KeyDirectory(store: harness.store, uptime: { uptime.withLock { $0 } }))
    #expect(await authentication.stillLetsIn(.local(), with: [:]))
    _ = try await harness.key(.host)
    uptime.withLock { $0 += .seconds(1) }
    #expect(await authentication.stillLetsIn(.local(), with: [:]) == false)
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
