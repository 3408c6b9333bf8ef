import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import SeatingEngine
import Testing

@testable import AssignmentPipeline

/// Whatever shadow does, guests get what they would have got without it.
@Suite struct ShadowIsolationTests {
  struct Sick: Error {}

  private static let off = FeatureFlags(pipelineV3: false)

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `bookings, claims, notices, history and attempts are the same with shadow and without`(seed: UInt64) async throws
  {
    let without = try await evening(PipelineHarness(flags: Self.off), seed: seed)
    let harness = try await PipelineHarness(flags: ShadowTests.on) { ShadowRunner(environment: $0) }
    let with = try await evening(harness, seed: seed)
    #expect(with == without)
    #expect(harness.environment.shadow?.counts.compared == with.bookings.count)
    #expect(Set(with.bookings.map(\.state)) == [.confirmed, .manualReview])
  }

  @Test func `a planner that throws is an error of shadow and nothing else`() async throws {
    let harness = try await PipelineHarness(flags: ShadowTests.on) {
      ShadowRunner(environment: $0, planner: PlannerDouble { _, _, _ in throw Sick() })
    }
    let with = try await evening(harness, seed: 1)
    #expect(with == (try await evening(PipelineHarness(flags: Self.off), seed: 1)))
    let counts = try #require(harness.environment.shadow?.counts)
    #expect((counts.errors, counts.compared) == (with.bookings.count, with.bookings.count))
    let row = try #require(await harness.comparison("b-1"))
    #expect((row.verdict, row.v3.outcome) == (.shadowError, "planner_failed"))
    #expect(try await harness.imagined().isEmpty)
    #expect(harness.environment.breakers[.engine("house")].position == .closed)
  }

  @Test func `a planner that proposes what the floor does not have is an error of shadow`() async throws {
    let harness = try await PipelineHarness(flags: ShadowTests.on) {
      ShadowRunner(environment: $0, planner: PlannerDouble(proposing: ["T99"]))
    }
    try await harness.create(.sample())
    #expect(await harness.worker.runOnce() == [.confirmed(strategy: .legacyBestFit, tables: ["T1"])])
    try await harness.lookOn()
    let row = try #require(await harness.comparison())
    #expect((row.verdict, row.v3.outcome) == (.shadowError, "impossible_plan"))
  }

  @Test func `a planner that hangs for a minute is given up, and the deciding flow never waits for it`() async throws {
    let gate = PlannerGate()
    let harness = try await PipelineHarness(flags: ShadowTests.on) {
      ShadowRunner(environment: $0, planner: PlannerDouble(waitingAt: gate))
    }
    let shadow = try #require(harness.environment.shadow)
    try await harness.create(.sample())
    #expect(await harness.worker.runOnce() == [.confirmed(strategy: .legacyBestFit, tables: ["T1"])])
    async let looking: Void = shadow.workOff()
    await gate.arrived()
    // It hangs now; the next guest is served all the same.
    try await harness.create(.sample(id: "b-2"))
    #expect(await harness.worker.runOnce() == [.confirmed(strategy: .legacyBestFit, tables: ["T2"])])
    #expect(!shadow.isIdle)
    harness.clock.advance(by: .seconds(60))
    await gate.arrived()
    gate.open()
    await looking
    let first = try #require(await harness.comparison("b-1"))
    #expect((first.verdict, first.v3.outcome) == (.shadowError, "planning_timeout"))
    #expect(try await harness.comparison("b-2")?.verdict == .sameTables)
  }

  @Test func `once too many planners hang, shadow drops and counts`() async throws {
    let gate = PlannerGate()
    var settings = PipelineSettings()
    settings.shadow.hungPlanners = 1
    let harness = try await PipelineHarness(flags: ShadowTests.on, settings: settings) {
      ShadowRunner(environment: $0, planner: PlannerDouble(waitingAt: gate))
    }
    let shadow = try #require(harness.environment.shadow)
    for id in ["b-1", "b-2", "b-3"] as [BookingID] {
      try await harness.create(.sample(id: id))
      await harness.worker.runOnce()
    }
    async let looking: Void = shadow.workOff()
    await gate.arrived()
    harness.clock.advance(by: .seconds(60))
    await looking
    #expect((shadow.counts.dropped, shadow.counts.errors, shadow.counts.compared) == (2, 1, 1))
    gate.open()
  }

  @Test func `a flood beyond the queue is dropped and counted`() async throws {
    var settings = PipelineSettings()
    settings.shadow.capacity = 3
    let harness = try await PipelineHarness(flags: ShadowTests.on, settings: settings) { ShadowRunner(environment: $0) }
    let with = try await evening(harness, seed: 1, looking: false)
    #expect(with == (try await evening(PipelineHarness(flags: Self.off), seed: 1)))
    let shadow = try #require(harness.environment.shadow)
    #expect(shadow.counts.dropped == with.bookings.count - 3)
    await shadow.workOff()
    #expect(shadow.counts.compared == 3)
  }

  @Test func `what cannot be written is lost, counted, and not tried again`() async throws {
    let harness = try await PipelineHarness(flags: ShadowTests.on) { ShadowRunner(environment: $0) }
    try await harness.create(.sample())
    await harness.worker.runOnce()
    await harness.breakStorage()
    let shadow = try #require(harness.environment.shadow)
    await shadow.workOff()
    #expect((shadow.counts.unwritten, shadow.counts.compared, shadow.isIdle) == (1, 0, true))
    #expect(harness.environment.breakers[.storage].position == .closed)
  }

  // MARK: - An evening

  /// What guests and hosts can see, and what is told of it.
  private struct Picture: Equatable {
    var bookings: [Booking] = []
    var claims: [Claim] = []
    var notices: [Notice] = []
    var history: [HistoryRow] = []
    var attempts: [AttemptRow] = []
    var events: [ObservabilityEvent] = []
  }

  /// Forty parties for eight tables, sent and decided one after the other, until nobody waits.
  private func evening(_ harness: PipelineHarness, seed: UInt64, looking: Bool = true) async throws -> Picture {
    var random = SeededRandom(seed: seed)
    for number in 1...40 {
      let start = ManualClock.start.adding(minutes: 360 + 15 * Int.random(in: 0..<8, using: &random))
      try await harness.create(
        .sample(id: BookingID(rawValue: "b-\(number)"), party: Int.random(in: 1...6, using: &random), start: start))
      await harness.worker.runOnce()
      if looking, number % 3 == 0 { try await harness.lookOn() }
    }
    while try await harness.store.queueDepth().isBusy {
      if await harness.worker.runOnce(limit: 5).isEmpty { harness.clock.advance(by: .seconds(5)) }
    }
    if looking { try await harness.lookOn() }
    return try await picture(harness)
  }

  private func picture(_ harness: PipelineHarness) async throws -> Picture {
    var picture = Picture()
    for number in 1...40 {
      let booking = try await harness.booking(BookingID(rawValue: "b-\(number)"))
      picture.bookings.append(booking)
      picture.claims += try await harness.store.claims(of: booking.id)
      picture.notices += try await harness.store.notices(of: booking.id)
      picture.history += try await harness.store.history(of: booking.id)
      picture.attempts += try await harness.store.attempts(of: booking.id)
    }
    picture.events = try await harness.events(.autoAssign)
    return picture
  }
}
