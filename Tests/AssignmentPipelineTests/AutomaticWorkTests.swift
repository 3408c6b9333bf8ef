import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@testable import AssignmentPipeline

/// What is stored with a booking for the rates (product specification §9).
@Suite struct AutomaticWorkTests {
  private static let all = Restaurant.sampleTables.map(\.number)

  @Test(arguments: [AssignmentFlow.v3, .legacy])
  func `a booking that is seated had room, and ended confirmed by its flow`(_ flow: AssignmentFlow) async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: flow == .v3))
    try await harness.create(.sample())
    harness.clock.advance(by: .seconds(1))
    await harness.worker.runOnce()
    let end = AutomaticWork.End(state: .confirmed, reason: nil, flow: flow, at: harness.clock.now())
    let work = AutomaticWork(automation: .auto, feasible: true, isVerified: true, end: end)
    #expect(try await harness.booking().work == work)
  }

  @Test(arguments: [AssignmentFlow.v3, .legacy])
  func `a full house had no room, in either flow`(_ flow: AssignmentFlow) async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: flow == .v3))
    try await harness.block(Self.all)
    try await harness.create(.sample())
    await harness.worker.runOnce()
    #expect(try await harness.booking().work.feasible == false)
  }

  @Test(arguments: [AssignmentFlow.v3, .legacy])
  func `the first snapshot decides, whatever comes free later`(_ flow: AssignmentFlow) async throws {
    let harness = try await PipelineHarness(flags: FeatureFlags(pipelineV3: false))
    try await harness.block(Self.all)
    try await harness.create(.sample())
    await harness.worker.runOnce()
    var unit = WriteUnit(label: "test.unblock")
    unit.releases = [.block("block")]
    try await harness.store.commit(unit)
    harness.flags.withLock { $0.pipelineV3 = flow == .v3 }
    harness.clock.advance(by: .seconds(6))
    await harness.worker.runOnce()
    let booking = try await harness.booking()
    #expect(booking.state == .confirmed)
    #expect(booking.work.feasible == false)
  }

  @Test func `a table that V3 keeps for others is room all the same`() async throws {
    let harness = try await PipelineHarness()
    try await harness.block(Self.all.filter { $0 != "T8" })
    try await harness.create(.sample())
    #expect(await harness.worker.runOnce() == [.manualReview(reason: .noTable)])
    let work = try await harness.booking().work
    #expect(work.feasible == true)
    #expect(work.wasInReview)
    #expect(work.end?.reason == .noTable)
  }

  @Test func `a foreign hold is no lack of room`() async throws {
    let harness = try await PipelineHarness()
    let record = BookingRecord.sample()
    try await harness.block(Self.all.filter { $0 != "T1" })
    var unit = WriteUnit(label: "test.hold")
    unit.claims = [Claim(restaurantID: "house", table: "T1", kind: .hold, window: record.slot.block, groupID: "h-1")]
    unit.newHold = NewHold(
      hold: Hold(
        id: "h-1", restaurantID: "house", tables: ["T1"], party: 2, slot: record.slot, wishes: SeatingWishes(),
        caller: "someone", expiresAt: harness.clock.now()),
      ttl: .seconds(180), limit: 5)
    try await harness.store.commit(unit)
    try await harness.create(record)
    await harness.worker.runOnce()
    #expect(try await harness.booking().work.feasible == true)
  }

  @Test func `a planner that hangs hides no room`() async throws {
    let harness = try await PipelineHarness()
    let gate = PlannerGate()
    defer { gate.open() }
    try await harness.create(.sample())
    _ = try await harness.runHanging(at: gate)
    #expect(try await harness.booking().work.feasible == true)
  }

  @Test func `the first snapshot's answer outlives a try that must begin again`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample())
    harness.faults.once(at: .planned) {
      try await harness.block(Self.all)
      try await harness.put(.sample())
    }
    #expect(await harness.worker.runOnce() == [.retry(reason: .versionConflict, delay: .milliseconds(20))])
    #expect(try await harness.booking().work.feasible == true)
    harness.clock.advance(by: .seconds(1))
    #expect(await harness.worker.runOnce() == [.manualReview(reason: .noTable)])
    #expect(try await harness.booking().work.feasible == true)
  }

  @Test func `what capacity refuses never had a snapshot`() async throws {
    let harness = try await PipelineHarness()
    try await harness.create(.sample(party: 90))
    await harness.worker.runOnce()
    let work = try await harness.booking().work
    #expect(!work.isVerified && work.feasible == nil)
    #expect(work.end?.state == .failed)
  }

  @Test(arguments: AutomationLevel.allCases)
  func `the house's automation is stored with the booking`(_ level: AutomationLevel) async throws {
    let harness = try await DeskHarness(.sample(automation: level))
    _ = try await harness.bookings.create(DeskHarness.new(), DeskHarness.byGuest)
    await harness.pipeline.worker.runOnce()
    let work = try await harness.booking().work
    #expect(work.automation == level)
    #expect(work.feasible == true)
    #expect(work.end?.state == (level == .suggest ? .manualReview : .confirmed))
  }

  @Test func `a walk-in is none of automation's work`() async throws {
    let harness = try await DeskHarness()
    harness.clock.set(DeskHarness.evening())
    let walkIn = NewWalkIn(restaurantID: "house", party: 2)
    let booking = try await harness.bookings.walkIn(walkIn, DeskHarness.byHost)
    #expect(booking.work == AutomaticWork())
  }

  @Test func `a hold that is confirmed counts as seated`() async throws {
    let harness = try await DeskHarness()
    let request = HoldRequest(restaurantID: "house", party: 2, start: DeskHarness.evening())
    let hold = try await harness.holds.hold(request, DeskHarness.byGuest)
    let booking = try await harness.holds.confirm(hold.id, guest: Guest(name: "Ada"), DeskHarness.byGuest)
    #expect(booking.work.automation == .auto && booking.work.feasible == true)
    #expect(booking.work.end?.state == .confirmed)
  }

  @Test(arguments: DeskHarness.Place.allCases)
  func `what is stored is what the history tells, also after a cancellation`(_ place: DeskHarness.Place) async throws {
    let harness = try await DeskHarness()
    try await harness.booking(in: place)
    let before = try await harness.booking().work
    #expect(try await harness.store.history(of: "b-1").told == before.told)
    _ = try? await harness.bookings.cancel("b-1", DeskHarness.byHost)
    let after = try await harness.booking().work
    #expect(try await harness.store.history(of: "b-1").told == after.told)
  }
}

/// What history says of the automatic work, for comparison.
private struct Told: Equatable {
  var isVerified: Bool
  var end: AutomaticWork.End?
  var wasInReview: Bool
  var isInterrupted: Bool
}

extension AutomaticWork {
  fileprivate var told: Told {
    Told(isVerified: isVerified, end: end, wasInReview: wasInReview, isInterrupted: interruption != nil)
  }
}

extension [HistoryRow] {
  fileprivate var told: Told {
    let automatic = filter { $0.mode != .manual }
    let end = automatic.first { $0.to.endsAutomaticWork }
    let byPerson = dropFirst().first { $0.mode == .manual }
    return Told(
      isVerified: automatic.contains { $0.to == .capacityVerified },
      end: end.map {
        AutomaticWork.End(
          state: $0.to, reason: $0.reason.flatMap { OutcomeReason(rawValue: $0) },
          flow: $0.mode == .legacy ? .legacy : .v3,
          at: $0.createdAt)
      },
      wasInReview: automatic.contains { $0.to == .manualReview },
      isInterrupted: byPerson.map { $0.version < end?.version ?? .max } ?? false)
  }
}
