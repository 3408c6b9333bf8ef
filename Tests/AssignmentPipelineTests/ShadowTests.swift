import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import SeatingEngine
import Testing

@testable import AssignmentPipeline

/// What shadow finds and writes.
@Suite struct ShadowTests {
  static let on = FeatureFlags(pipelineV3: false, shadow: true)

  private func harness(
    _ flags: FeatureFlags = ShadowTests.on, restaurant: Restaurant = .sample(), planner: PlannerDouble? = nil
  ) async throws -> PipelineHarness {
    try await PipelineHarness(restaurant: restaurant, flags: flags) { environment in
      planner.map { ShadowRunner(environment: environment, planner: $0) } ?? ShadowRunner(environment: environment)
    }
  }

  @Test func `legacy decides, and V3's way and the comparison are written beside it`() async throws {
    let harness = try await harness()
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let decided = try await harness.booking()
    try await harness.lookOn()
    let row = try #require(await harness.comparison())
    #expect(row.verdict == .sameTables)
    #expect((row.legacy.outcome, row.v3.outcome) == ("confirmed", "confirmed"))
    #expect(row.legacy.tables == decided.tables)
    #expect((row.legacy.spareSeats, row.v3.spareSeats) == (0, 0))
    #expect(!row.legacyLate && row.noiseVerdict == nil)
    #expect(try await harness.booking() == decided)
    #expect(
      try await harness.imagined() == [
        "capacity_verified", "assignment_pending", "assignment_in_progress", "assigned", "confirmed",
      ])
    let compared = try #require(await harness.events(.shadow).first)
    #expect(compared.type == "shadow.compared")
    #expect(compared.context["verdict"] == "same_tables")
  }

  @Test func `what legacy's loop finds later is noted, and does not count`() async throws {
    let harness = try await harness()
    try await harness.block(Restaurant.sampleTables.map(\.number))
    try await harness.create(.sample())
    await harness.worker.runOnce()
    try await harness.lookOn()
    var row = try #require(await harness.comparison())
    #expect((row.verdict, row.legacyLate) == (.bothFailed, false))
    #expect((row.legacy.outcome, row.v3.outcome) == ("retry", "manual_review"))
    #expect(try await harness.imagined().last == "manual_review")
    var unit = WriteUnit(label: "test.unblock")
    unit.releases = [.block("block")]
    try await harness.store.commit(unit)
    harness.clock.advance(by: .seconds(5))
    await harness.worker.runOnce()
    #expect(try await harness.booking().state == .confirmed)
    try await harness.lookOn()
    row = try #require(await harness.comparison())
    #expect((row.verdict, row.legacyLate) == (.bothFailed, true))
    #expect(try await harness.events(.shadow).count == 1)
  }

  @Test(arguments: [
    FeatureFlags(pipelineV3: false, shadow: false), FeatureFlags(pipelineV3: true, shadow: false),
    FeatureFlags(pipelineV3: true, shadow: true),
  ])
  func `where V3 decides, or the flag is off, nobody looks on`(flags: FeatureFlags) async throws {
    let harness = try await harness(flags)
    try await harness.create(.sample())
    await harness.worker.runOnce()
    try await harness.lookOn()
    #expect(try await harness.comparison() == nil)
    #expect(try await harness.imagined().isEmpty)
  }

  @Test func `of the sample legacy is asked again, and its answer is stored`() async throws {
    let harness = try await harness()
    let id = try #require((0..<200).map { BookingID(rawValue: "n-\($0)") }.first { NoiseSample.contains($0) })
    try await harness.create(.sample(id: id))
    await harness.worker.runOnce()
    try await harness.lookOn()
    #expect(try await harness.comparison(id)?.noiseVerdict == .sameTables)
    let event = try #require(await harness.events(.shadow).first)
    #expect(event.context["noise_tables"] == event.context["legacy_tables"])
  }

  @Test func `a house that only suggests has its suggestions compared`() async throws {
    let harness = try await harness(restaurant: .sample(automation: .suggest))
    try await harness.create(.sample())
    await harness.worker.runOnce()
    try await harness.lookOn()
    let row = try #require(await harness.comparison())
    #expect(row.verdict == .sameTables)
    #expect((row.legacy.outcome, row.v3.outcome) == ("manual_review", "manual_review"))
  }

  @Test func `verdicts, faults and what is left out are counted, and no outcome of the deciding flow`() async throws {
    let metered = MeteredPipeline()
    var settings = PipelineSettings()
    settings.shadow.capacity = 1
    let harness = try await PipelineHarness(flags: Self.on, settings: settings, metrics: metered.metrics) {
      ShadowRunner(environment: $0, planner: PlannerDouble(proposing: ["T99"]))
    }
    for id in ["b-1", "b-2"] as [BookingID] {
      try await harness.create(.sample(id: id))
      await harness.worker.runOnce()
    }
    try await harness.lookOn()
    let names = [
      "verdicts_total{verdict=\"shadow_error\"}", "verdicts_total{verdict=\"same_tables\"}",
      "errors_total{code=\"impossible_plan\"}", "errors_total{code=\"storage\"}", "dropped_total",
    ]
    #expect(names.map { metered["headwaiter_shadow_\($0)"] } == [1, 0, 1, 0, 1])
    #expect(metered.outcomes("confirmed", flow: "legacy") == 2)
    #expect(metered.outcomes("confirmed", flow: "v3") == 0)
    #expect(metered.transitions("assigned", "confirmed", mode: "legacy") == 2)
    #expect(metered.transitions("assigned", "confirmed") == nil)
  }

  @Test func `V3's other tables are told apart`() async throws {
    let harness = try await harness(planner: PlannerDouble(proposing: ["T2"]))
    try await harness.create(.sample())
    await harness.worker.runOnce()
    try await harness.lookOn()
    let row = try #require(await harness.comparison())
    #expect((row.verdict, row.v3.tables) == (.equivalent, ["T2"]))
  }
}

extension PipelineHarness {
  /// Lets shadow work on what was handed over.
  func lookOn() async throws { await environment.shadow?.workOff() }

  func comparison(_ id: BookingID = "b-1") async throws -> ShadowComparison? {
    try await store.shadowComparison(of: id, in: "house")
  }

  func events(_ source: EventSource) async throws -> [ObservabilityEvent] {
    var query = EventQuery()
    query.source = source
    query.limit = 10_000
    return try await store.events(query).map(\.event)
  }

  /// States that V3 would have gone through.
  func imagined() async throws -> [String] {
    try await events(.stateMachine).filter { $0.context["mode"] == "shadow" }.compactMap {
      if case .string(let to) = $0.context["to"] { to } else { nil }
    }
  }
}
