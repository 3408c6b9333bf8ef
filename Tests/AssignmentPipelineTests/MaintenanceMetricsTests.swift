import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PrometheusMetrics
import Testing

@testable import AssignmentPipeline

@Suite struct MaintenanceMetricsTests {
  /// Fails the first time.
  private struct LateNotifier: Notifier {
    struct Failure: Error {}
    let name = "late"
    let first: @Sendable () -> Bool

    func deliver(_ notice: Notice) async throws { if first() { throw Failure() } }
  }

  @Test func `deliveries are counted by their result`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    try await harness.create(.sample())
    await harness.worker.runOnce()
    let recording = RecordingNotifier()
    let dispatcher = NoticeDispatcher(
      environment: harness.environment, notifier: LateNotifier { recording.delivered.isEmpty })
    harness.clock.advance(by: .seconds(61))
    try await dispatcher.runOnce()
    func results() -> [Double?] {
      ["delivered", "failed", "postponed"].map { meter["headwaiter_notice_deliveries_total{result=\"\($0)\"}"] }
    }
    #expect(results() == [0, 1, 0])
    try await recording.deliver(harness.store.notices(of: "b-1")[0])
    harness.clock.advance(by: .seconds(61))
    try await dispatcher.runOnce()
    #expect(results() == [1, 1, 0])
  }

  @Test func `a heartbeat tells its time`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    let record = InstanceRecord(id: "worker-1", host: "h", flags: FlagSettings(), startedAt: harness.clock.now())
    let keeper = InstanceKeeper(
      environment: harness.environment, record: record, board: InstanceBoard(flags: FeatureFlags()))
    #expect(meter["headwaiter_heartbeat_timestamp_seconds"] == 0)
    try await keeper.runOnce()
    #expect(meter["headwaiter_heartbeat_timestamp_seconds"] == 1_780_315_200)
  }

  @Test func `a review that ends at its deadline counts as failed`() async throws {
    let meter = MeteredPipeline()
    let harness = try await PipelineHarness(metrics: meter.metrics)
    try await harness.block(Restaurant.sample().floor.tables.map(\.number))
    try await harness.create(.sample())
    await harness.worker.runOnce()
    harness.clock.set(try #require(try await harness.booking().reviewDeadline).adding(.seconds(1)))
    try await ReviewKeeper(environment: harness.environment).runOnce()
    #expect(try await harness.booking().state == .failed)
    #expect(meter.outcomes("failed", "review_deadline") == 1)
  }
}
