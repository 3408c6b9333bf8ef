import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PrometheusMetrics
import Testing

@testable import AssignmentPipeline

@Suite struct PipelineMetricsTests {
  @Test func `a confirmed booking counts its outcome, strategy, transitions, and the time of each stage`() async throws
  {
    let meter = MeteredPipeline()
    let harness = try await DeskHarness(metrics: meter.metrics)
    let booking = try await harness.seatedByPipeline()
    #expect(meter.outcomes("confirmed") == 1)
    let strategy = try #require(booking.strategy).rawValue
    #expect(meter["headwaiter_confirmations_total{flow=\"v3\",strategy=\"\(strategy)\"}"] == 1)
    #expect(meter["headwaiter_bookings_accepted_total{origin=\"guest\"}"] == 1)
    #expect(meter.transitions("none", "created", mode: "manual") == 1)
    for (from, to) in [
      ("created", "capacity_verified"), ("capacity_verified", "assignment_pending"),
      ("assignment_pending", "assignment_in_progress"), ("assignment_in_progress", "assigned"),
      ("assigned", "confirmed"),
    ] { #expect(meter.transitions(from, to) == 1, "\(from) → \(to)") }
    for stage in PipelineStage.allCases { #expect(meter.stage(stage.rawValue) == 1, "\(stage)") }
    #expect(meter.decisions("confirmed") == 1)
  }

  @Test func `what is usual is exposed at 0 before it happens`() {
    let meter = MeteredPipeline()
    #expect(meter.outcomes("confirmed", flow: "legacy") == 0)
    #expect(meter.outcomes("manual_review", "no_table") == 0)
    #expect(meter.outcomes("retry", "timeout") == 0)
    #expect(meter.outcomes("failed", "party_too_large") == 0)
    #expect(meter["headwaiter_stuck_total"] == 0)
    #expect(meter["headwaiter_notice_deliveries_total{result=\"failed\"}"] == 0)
  }

  @Test func `the legacy flow is counted as itself`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(flags: FeatureFlags(), metrics: meter.metrics)
    try await harness.create(.sample())
    await harness.worker.runOnce()
    #expect(meter.outcomes("confirmed", flow: "legacy") == 1)
    #expect(meter.outcomes("confirmed") == 0)
    #expect(meter.transitions("assigned", "confirmed", mode: "legacy") == 1)
  }

  @Test func `a full house, a refused party and a taken lease count as what they are`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    try await harness.block(Restaurant.sample().floor.tables.map(\.number))
    for (id, party) in [("full" as BookingID, 2), ("huge", 20), ("taken", 2)] {
      try await harness.create(.sample(id: id, party: party))
    }
    _ = try await harness.store.acquireLease("booking:taken", owner: "other", ttl: .seconds(20))
    await harness.worker.runOnce(limit: 3)
    #expect(meter.outcomes("manual_review", "no_table") == 1)
    #expect(meter.outcomes("failed", "party_too_large") == 1)
    #expect(meter.outcomes("noop", "lock_contention") == 1)
    #expect(meter["headwaiter_lock_contention_total"] == 1)
    #expect(meter.decisions("manual_review") == 1)
    #expect(meter.decisions("failed") == 1)
  }

  @Test func `a wait is a retry, and the time of a decision is that of all its tries`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    try await harness.create(.sample())
    harness.faults.once(at: .planned) { throw StoreError.holdExpired("h") }
    await harness.worker.runOnce()
    harness.clock.advance(by: .seconds(40))
    await harness.worker.runOnce()
    #expect(meter.outcomes("retry", "hold_conflict") == 1)
    #expect(meter.outcomes("confirmed") == 1)
    #expect(meter.decisions("confirmed", "sum") == 40)
  }

  @Test func `what a person sends back is not measured as the pipeline's time`() async throws {
    let meter = MeteredPipeline()
    let harness = try await DeskHarness(metrics: meter.metrics)
    let tables = Restaurant.sample().floor.tables.map(\.number)
    try await harness.pipeline.block(tables)
    _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    #expect(meter.decisions("manual_review") == 1)
    harness.clock.advance(by: .seconds(600))
    _ = try await harness.review.requeue("b-1", DeskHarness.byHost)
    await harness.pipeline.worker.runOnce()
    #expect(meter.outcomes("manual_review", "no_table") == 2)
    #expect(meter.decisions("manual_review") == 1)
  }

  @Test func `a house that decides at once counts what it confirmed and what it refused`() async throws {
    let meter = MeteredPipeline()
    var house = Restaurant.sample()
    house.automation = .mandatory
    let harness = try await DeskHarness(house, metrics: meter.metrics)
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(booking.state == .confirmed)
    #expect(meter.outcomes("confirmed") == 1)
    #expect(meter.decisions("confirmed") == 1)
    #expect(meter["headwaiter_bookings_accepted_total{origin=\"guest\"}"] == 1)
    await #expect(throws: DeskError.self) {
      _ = try await harness.bookings.create(DeskHarness.new("b-2", party: 20), DeskHarness.byGuest)
    }
    #expect(meter.outcomes("refused", "refused") == 1)
    #expect(meter["headwaiter_bookings_accepted_total{origin=\"guest\"}"] == 1, "it is not stored")
    #expect(meter.decisions("confirmed") == 1)
  }

  @Test func `a planner that fails is an error by its code`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    try await harness.create(.sample())
    let gate = PlannerGate()
    defer { gate.open() }
    _ = try await harness.runHanging(at: gate)
    #expect(meter["headwaiter_errors_total{code=\"planning_timeout\",flow=\"v3\"}"] == 1)
    #expect(harness.environment.hungPlanners == 1)
  }

  @Test func `storage that fails in the middle is an error, and the try a retry`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    try await harness.create(.sample())
    harness.faults.once(at: .planned) { throw StoreError.unavailable("gone") }
    await harness.worker.runOnce()
    #expect(meter["headwaiter_errors_total{code=\"storage_unavailable\",flow=\"v3\"}"] == 1)
    #expect(meter.outcomes("retry", "system_error") == 1)
  }

  @Test func `a booking past its deadline is counted as stuck, also when it is rescued`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    try await harness.create(.sample())
    harness.faults.once(at: .planned) { throw StoreError.leaseLost("dead") }
    await harness.worker.runOnce()
    harness.clock.advance(by: .seconds(700))
    try await Rescuer(environment: harness.environment).runOnce()
    #expect(meter["headwaiter_stuck_total"] == 1)
  }

  @Test func `restaurants beyond the limit are counted together`() {
    let meter = MeteredPipeline(restaurants: 2)
    for restaurant in ["a", "b", "c", "d", "a"] as [RestaurantID] {
      meter.metrics.count(.confirmed(strategy: .optimalFit, tables: []), flow: .v3, restaurant: restaurant)
    }
    func count(_ restaurant: String) -> Double? {
      meter["headwaiter_restaurant_outcomes_total{flow=\"v3\",outcome=\"confirmed\",restaurant=\"\(restaurant)\"}"]
    }
    #expect(count("a") == 2)
    #expect(count("b") == 1)
    #expect(count("c") == nil)
    #expect(count("other") == 2)
    #expect(meter.outcomes("confirmed") == 5)
  }

  @Test func `without asking there are no series of restaurants`() async throws {
    let meter = MeteredPipeline()
    let before = meter.registry.seriesCount
    meter.metrics.count(.confirmed(strategy: .optimalFit, tables: []), flow: .v3, restaurant: "a")
    #expect(meter.registry.seriesCount == before)
  }
}
