import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@Suite struct BreakerKeeperTests {
  @Test func `what a person forced reaches an instance, and lasts until it is let go`() async throws {
    let harness = try await PipelineHarness()
    let keeper = BreakerKeeper(environment: harness.environment)
    let board = harness.environment.breakers
    try await force(harness, "storage", .open)
    try await force(harness, "engine:house", .closed)
    harness.clock.advance(by: .seconds(90))
    try await keeper.runOnce()
    #expect(board[.storage].position == .open)
    #expect(board[.storage].openFor == .seconds(90), "counted from when it was decided")
    #expect(board[.engine("house")].isForced)
    try await keeper.runOnce()
    #expect(board[.storage].openFor == .seconds(90))
    try await force(harness, "storage", .closed)
    try await keeper.runOnce()
    #expect(board[.storage].position == .closed)
    let desk = LiveBreakerDesk(environment: harness.environment)
    _ = try await desk.release("storage", reason: "well", .local())
    try await keeper.runOnce()
    #expect(!board[.storage].isForced)
    #expect(board[.engine("house")].isForced)
  }

  @Test func `what nobody forced in the database is left alone`() async throws {
    let harness = try await PipelineHarness()
    harness.environment.breakers[.notifier("recording")].force(.open)
    try await BreakerKeeper(environment: harness.environment).runOnce()
    #expect(harness.environment.breakers[.notifier("recording")].isForced)
  }

  @Test func `while storage is away, breakers stay as they are`() async throws {
    let harness = try await PipelineHarness()
    let keeper = BreakerKeeper(environment: harness.environment)
    try await force(harness, "engine:house", .open)
    try await keeper.runOnce()
    await harness.breakStorage()
    await #expect(throws: StoreError.self) { try await keeper.runOnce() }
    #expect(harness.environment.breakers[.engine("house")].position == .open)
  }

  @Test func `a breaker's name leads back to it`() {
    for dependency in [.storage, .engine("house"), .engine("a:b"), .notifier("mail")] as [BreakerBoard.Dependency] {
      #expect(BreakerBoard.Dependency("\(dependency)") == dependency)
    }
    for name in ["", "storage:", "engine", "engine:", "disk"] { #expect(BreakerBoard.Dependency(name) == nil) }
  }

  private func force(
    _ harness: PipelineHarness, _ name: String, _ position: BreakerOverride.Position
  ) async throws {
    let event = ObservabilityEvent(.flags, "flag.changed", at: harness.clock.now())
    try await harness.store.forceBreaker(
      BreakerOverride(name: name, position: position, reason: "drill", actor: "on call", at: harness.clock.now()),
      event: event)
  }
}
