import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Rollout
import Testing

@testable import AssignmentPipeline

/// Run-time flags: who decides a restaurant's bookings, and when nobody does.
@Suite struct FlagSwitchTests {
  @Test func `the flow is decided for each restaurant, at each try`() async throws {
    let harness = try await PipelineHarness()
    try await harness.put(.sample(id: "other"))
    try await harness.set(.restaurant("house"), "out")
    try await harness.create(.sample())
    try await harness.create(.sample(id: "b-2", restaurant: "other"))
    await harness.worker.runOnce(limit: 2)
    #expect(try await harness.booking().flow == .legacy)
    #expect(try await harness.booking("b-2").flow == .v3)
    try await harness.set(.restaurant("house"), "in")
    try await harness.set(.flag(.rolloutShare), "0")
    try await harness.create(.sample(id: "b-3"))
    try await harness.create(.sample(id: "b-4", restaurant: "other"))
    await harness.worker.runOnce(limit: 2)
    #expect(try await harness.booking("b-3").flow == .v3)
    #expect(try await harness.booking("b-4").flow == .legacy)
  }

  @Test func `a paused restaurant's bookings wait, their deadlines stand still, and they go on`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample(id: "b-1"))
    try await harness.set(.restaurant("house"), "paused")
    try await harness.create(.sample(id: "b-2"))
    #expect(await harness.worker.runOnce(limit: 2) == [.noop(reason: .restaurantPaused)])
    for _ in 0..<3 {
      harness.clock.advance(by: .seconds(900))
      try await Rescuer(environment: harness.environment).runOnce()
      #expect(await harness.worker.runOnce(limit: 2).isEmpty)
    }
    #expect(try await harness.states() == [.created])
    try await harness.clear(.restaurant("house"))
    let rescuer = Rescuer(environment: harness.environment)
    try await rescuer.runOnce()
    #expect(rescuer.stuckCount == 0)
    await harness.worker.runOnce(limit: 2)
    for id in ["b-1", "b-2"] as [BookingID] { #expect(try await harness.booking(id).state == .confirmed) }
    #expect(try await harness.store.checkInvariants(restaurant: nil).total == 0)
  }

  @Test(arguments: [FaultPoint.verified, .snapshotRead, .planned])
  func `a try under way when its restaurant is paused goes no further`(point: FaultPoint) async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: point) { try await harness.set(.restaurant("house"), "paused") }
    #expect(await harness.worker.runOnce() == [.retry(reason: .versionConflict, delay: .milliseconds(20))])
    harness.clock.advance(by: .seconds(1))
    #expect(await harness.worker.runOnce() == [.noop(reason: .restaurantPaused)])
    #expect(try await harness.store.claims(of: "b-1").isEmpty)
    try await harness.clear(.restaurant("house"))
    try await harness.drain()
    #expect(try await harness.confirmedBy() == .v3)
  }

  @Test func `a new booking is decided at once only where V3 decides`() async throws {
    let harness = try await DeskHarness(decidesAtOnce: true)
    try await harness.pipeline.set(.restaurant("house"), "out")
    #expect(try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest).state == .created)
    try await harness.pipeline.set(.restaurant("house"), "paused")
    #expect(try await harness.bookings.create(DeskHarness.new("b-2"), DeskHarness.byGuest).state == .created)
    try await harness.pipeline.clear(.restaurant("house"))
    try await harness.pipeline.drain()
    #expect(try await harness.booking("b-2").state == .confirmed)
    harness.clock.advance(by: SeatingTurns.patience)
    #expect(try await harness.bookings.create(DeskHarness.new("b-3"), DeskHarness.byGuest).state == .confirmed)
  }

  @Test func `a house that seats at once refuses while it is paused, and decides by its own flow`() async throws {
    let harness = try await DeskHarness(.sample(automation: .mandatory))
    try await harness.pipeline.set(.restaurant("house"), "paused")
    #expect(
      await outcome { try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest) }
        == "restaurant_paused")
    #expect(try await harness.store.booking("b-1") == nil)
    try await harness.pipeline.set(.restaurant("house"), "out")
    let booking = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    #expect(booking.flow == .legacy && booking.strategy == .legacyBestFit)
  }

  @Test func `a lowered limit lets the running ones finish`() async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: true, maxParallel: 3))
    _ = try await harness.leave("b-1", in: .assignmentInProgress)
    _ = try await harness.leave("b-2", in: .assignmentInProgress)
    try await harness.set(.flag(.maxParallel), "1")
    try await harness.create(.sample(id: "b-3"))
    #expect(await harness.worker.runOnce(limit: 5).isEmpty, "two are in progress, one may be")
    harness.clock.advance(by: .seconds(31))
    try await harness.drain()
    for id in ["b-1", "b-2", "b-3"] as [BookingID] { #expect(try await harness.booking(id).state == .confirmed) }
  }

  @Test func `an instance tells which flags it heeds, and for how long its breakers have been open`() async throws {
    let harness = try await PipelineHarness()
    let board = InstanceBoard(flags: FeatureFlags())
    let record = InstanceRecord(id: "worker-1", host: "h", flags: FlagSettings(), startedAt: harness.clock.now())
    let keeper = InstanceKeeper(environment: harness.environment, record: record, board: board)
    _ = try await harness.desk.set(.flag(.pipelineV3), "true", reason: "go", .local())
    try await keeper.runOnce()
    #expect(try await harness.store.liveInstances(within: .seconds(10)).map(\.flagsEpoch) == [0])
    let began = harness.clock.now()
    harness.environment.breakers[.storage].force(.open)
    harness.clock.advance(by: .seconds(3))
    try await keeper.runOnce()
    let epoch = try await harness.store.flagsEpoch()
    #expect(try await harness.store.liveInstances(within: .seconds(10)).map(\.flagsEpoch) == [epoch])
    harness.clock.advance(by: .seconds(4))
    try await keeper.runOnce()
    harness.environment.breakers[.storage].force(nil)
    harness.clock.advance(by: .seconds(1))
    try await keeper.runOnce()
    harness.environment.breakers[.storage].force(.open)
    harness.clock.advance(by: .seconds(2))
    try await keeper.runOnce()
    let figures = try await harness.store.phaseFigures(
      PhaseFigureQuery(.init(from: began, until: harness.clock.now())))
    #expect(figures.breakerOpenSeconds == 7, "two openings, and the longer one")
  }

  @Test func `an instance learns within a turn of its keeper what is set, and who leads`() async throws {
    let harness = try await PipelineHarness()
    try await harness.put(.sample(id: "other"))
    let board = InstanceBoard(flags: FeatureFlags())
    let record = InstanceRecord(
      id: "worker-1", host: "h", flags: FlagSettings(maxParallel: 5), startedAt: harness.clock.now())
    let keeper = InstanceKeeper(environment: harness.environment, record: record, board: board)
    try await keeper.runOnce()
    #expect(!board.flags.pipelineV3)
    _ = try await harness.desk.set(.flag(.pipelineV3), "true", reason: "go", .local())
    _ = try await harness.desk.set(.flag(.maxParallel), "4", reason: "go", .local())
    _ = try await harness.desk.set(.flag(.rolloutShare), "10", reason: "go", .local())
    try await keeper.runOnce()
    #expect(board.flags.pipelineV3 && board.flags.maxParallel == 4)
    #expect(board.flags.flow(for: "house") == .v3, "nobody is in by its hash, and house has the lower one")
    #expect(board.flags.flow(for: "other") == .legacy)
    #expect(board.flags.epoch == (try await harness.store.flagsEpoch()))
    _ = try await harness.desk.set(.flag(.killSwitch), "true", reason: "stop", .local())
    try await keeper.runOnce()
    #expect(board.flags.flow(for: "house") == .legacy)
    _ = try await harness.desk.clear(.flag(.killSwitch), reason: "on", .local())
    try await keeper.runOnce()
    #expect(board.flags.flow(for: "house") == .v3)
  }
}
