import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@testable import AssignmentPipeline

@Suite struct RetentionTests {
  private static let day = Duration.seconds(86_400)

  private func append(_ count: Int, to harness: PipelineHarness) async throws {
    let event = ObservabilityEvent(.coordinator, "x", at: harness.clock.now())
    try await harness.store.append(Array(repeating: event, count: count))
  }

  private func events(_ harness: PipelineHarness) async throws -> Int {
    var query = EventQuery()
    query.limit = 10_000
    return try await harness.store.events(query).count
  }

  @Test func pruner_deletesEventsOlderThanTheSettingsSay() async throws {
    var settings = PipelineSettings()
    settings.retention.events = Self.day * 2
    let harness = try await PipelineHarness(settings: settings)
    let pruner = Pruner(environment: harness.environment, breath: .zero)
    try await append(2_500, to: harness)
    harness.clock.advance(by: Self.day * 2)
    try await append(3, to: harness)
    try await pruner.runOnce()
    #expect(try await events(harness) == 2_503, "not older than two days yet")
    harness.clock.advance(by: .seconds(1))
    try await pruner.runOnce()
    #expect(try await events(harness) == 3)
  }

  @Test func pruner_withoutASetting_keepsEventsFor30Days() async throws {
    let harness = try await PipelineHarness()
    let pruner = Pruner(environment: harness.environment, breath: .zero)
    try await append(2, to: harness)
    harness.clock.advance(by: Self.day * 30)
    try await append(1, to: harness)
    try await pruner.runOnce()
    #expect(try await events(harness) == 3)
    harness.clock.advance(by: .seconds(1))
    try await pruner.runOnce()
    #expect(try await events(harness) == 1)
  }

  @Test func sweep_tellsAfterEachBatch_andCountsEachKind() async throws {
    let harness = try await PipelineHarness()
    try await append(2_001, to: harness)
    try await harness.create(.sample())
    harness.clock.advance(by: Self.day * 31)
    try await append(1, to: harness)
    let plan = RetentionSweep.Plan(Retention(), now: harness.clock.now())
    let sweep = RetentionSweep(store: harness.store, breath: .zero)
    let told = Locked([Int]())
    let counted = try await sweep.count(plan)
    let tally = try await sweep.run(plan) { tally in told.withLock { $0.append(tally[.events] ?? 0) } }
    #expect(tally == counted)
    #expect(tally == [.events: 2_002, .outbox: 0, .idempotency: 0, .shadow: 0, .dayPlans: 0])
    #expect(told.withLock { $0 }.prefix(3) == [1_000, 2_000, 2_002])
    #expect(try await harness.booking().state == .created, "bookings are kept")
  }

  @Test func sweep_ofACancelledTask_leavesTheRest() async throws {
    let harness = try await PipelineHarness()
    try await append(3_000, to: harness)
    harness.clock.advance(by: Self.day * 31)
    let store = harness.store
    let plan = RetentionSweep.Plan(Retention(), of: [.events], now: harness.clock.now())
    let sweep = Task {
      try await RetentionSweep(store: store, breath: .zero).run(plan) { _ in withUnsafeCurrentTask { $0?.cancel() } }
    }
    #expect(try await sweep.value == [.events: 1_000])
    #expect(try await events(harness) == 2_000)
  }

  @Test func complaints_ofTheSameFailure_areToldOnceInTenSeconds() {
    var complaints = Complaints()
    let now = ContinuousClock.now
    var told: [Bool] = []
    for (failure, second) in [("a", 0), ("a", 9), ("b", 9), ("b", 18), ("b", 20)] {
      told.append(complaints.mayTell(failure, at: now.advanced(by: .seconds(second))))
    }
    complaints.end()
    told.append(complaints.mayTell("b", at: now.advanced(by: .seconds(21))))
    #expect(told == [true, false, true, false, true, true])
  }
}
