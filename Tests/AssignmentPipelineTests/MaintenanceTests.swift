import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct MaintenanceTests {
  @Test func `a notice waits 60 seconds and is delivered once`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let notifier = RecordingNotifier()
    let dispatcher = NoticeDispatcher(environment: harness.environment, notifier: notifier)
    try await dispatcher.runOnce()
    #expect(notifier.delivered.isEmpty)
    harness.clock.advance(by: .seconds(60))
    try await dispatcher.runOnce()
    try await dispatcher.runOnce()
    #expect(notifier.delivered.map(\.kind) == [.confirmed])
    #expect(try await harness.store.notices(of: "b-1").map(\.status) == [.delivered])
  }

  @Test func `a notifier that fails is tried again under the same id`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    await harness.worker.runOnce()
    harness.clock.advance(by: .seconds(60))
    let notifier = FlakyNotifier(failures: 1)
    let dispatcher = NoticeDispatcher(environment: harness.environment, notifier: notifier)
    try await dispatcher.runOnce()
    harness.clock.advance(by: .seconds(5))
    try await dispatcher.runOnce()
    #expect(notifier.ids.count == 2)
    #expect(Set(notifier.ids).count == 1)
  }

  @Test func `a notifier that hangs for good is given up, and the other notices are sent`() async throws {
    let harness = try await PipelineHarness()
    for number in 1...3 { try await harness.create(.sample(id: BookingID("b-\(number)"))) }
    await harness.worker.runOnce(limit: 3)
    harness.clock.advance(by: .seconds(60))
    let notifier = HangingNotifier(hangs: 1)
    let dispatcher = NoticeDispatcher(
      environment: harness.environment, notifier: notifier, patience: .milliseconds(20))
    try await dispatcher.runOnce()
    #expect(notifier.ids.count == 2)
    harness.clock.advance(by: .seconds(5))
    try await dispatcher.runOnce()
    #expect(Set(notifier.ids).count == 3)
  }

  @Test func `a crash between delivery and its record delivers again under the same id`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    await harness.worker.runOnce()
    harness.clock.advance(by: .seconds(60))
    let notifier = FlakyNotifier(failures: 0)
    let dispatcher = NoticeDispatcher(environment: harness.environment, notifier: notifier)
    harness.faults.fail(at: .noticeDelivered)
    try? await dispatcher.runOnce()
    harness.clock.advance(by: .seconds(31))
    try await dispatcher.runOnce()
    #expect(notifier.ids.count == 2)
    #expect(Set(notifier.ids).count == 1)
  }

  @Test func `review ends with a decline 30 minutes before the start`() async throws {
    let harness = try await PipelineHarness()
    try await harness.block(Restaurant.sampleTables.map(\.number))
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let keeper = ReviewKeeper(environment: harness.environment)
    harness.clock.advance(by: .minutes(329))
    try await keeper.runOnce()
    #expect(try await harness.booking().state == .manualReview)
    harness.clock.advance(by: .minutes(2))
    try await keeper.runOnce()
    let booking = try await harness.booking()
    #expect(booking.state == .failed)
    #expect(booking.status == .cancelled)
    #expect(booking.reason == .reviewDeadline)
    #expect(try await harness.store.notices(of: "b-1").map(\.kind) == [.needsReview, .declined])
  }

  @Test func `review raises one alert two hours before the start`() async throws {
    let harness = try await PipelineHarness()
    try await harness.block(Restaurant.sampleTables.map(\.number))
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let keeper = ReviewKeeper(environment: harness.environment)
    // Booked 360 minutes ahead: two hours before is sooner than half of that.
    harness.clock.advance(by: .minutes(239))
    try await keeper.runOnce()
    #expect(try await harness.eventTypes().contains("coordinator.review_alert") == false)
    harness.clock.advance(by: .minutes(1))
    try await keeper.runOnce()
    try await keeper.runOnce()
    #expect(try await harness.eventTypes().filter { $0 == "coordinator.review_alert" }.count == 1)
  }

  @Test func `no personal data in events, attempts, decisions or outbox`() async throws {
    let harness = try await PipelineHarness()
    var record = BookingRecord.sample()
    record.guest = Guest(name: "Zebulon Quux", phone: "+441234567", mail: "zeb@example.org", notes: "Quux allergy")
    try await harness.create(record)
    await harness.worker.runOnce()
    var query = EventQuery()
    query.limit = 1_000
    var texts = try await harness.store.events(query).map { "\($0.event)" }
    texts += try await harness.store.outbox(after: 0, limit: 1_000).map(\.message.payload)
    texts += try await harness.store.attempts(of: "b-1").map { "\($0)" }
    texts += try await harness.store.history(of: "b-1").map { "\($0)" }
    texts.append(try await harness.store.decision(try #require(try await harness.booking().decisionID))?.document ?? "")
    #expect(texts.count > 15)
    for planted in ["Zebulon", "Quux", "441234567", "zeb@"] { #expect(!texts.contains { $0.contains(planted) }) }
  }
}

/// Fails the first so many times.
final class FlakyNotifier: Notifier {
  struct Down: Error {}

  let name = "flaky"
  private let left: Locked<Int>
  private let seen = Locked([String]())

  init(failures: Int) { left = Locked(failures) }

  var ids: [String] { seen.withLock { $0 } }

  func deliver(_ notice: Notice) async throws {
    seen.withLock { $0.append(notice.id) }
    let fails = left.withLock { left in
      defer { left -= 1 }
      return left > 0
    }
    if fails { throw Down() }
  }
}

/// Never answers the first so many calls, cancelled or not.
private final class HangingNotifier: Notifier {
  let name = "hanging"
  private let hangs: Int
  private let calls = Locked(0)
  private let seen = Locked([String]())
  /// Nothing ever comes of it, whoever cancels.
  private let never = AsyncStream.makeStream(of: Void.self)

  init(hangs: Int) { self.hangs = hangs }

  var ids: [String] { seen.withLock { $0 } }

  func deliver(_ notice: Notice) async throws {
    let call = calls.withLock { calls in
      calls += 1
      return calls
    }
    if call <= hangs { await Task { [never] in for await _ in never.stream {} }.value }
    seen.withLock { $0.append(notice.id) }
  }
}
