import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import SeatingEngine
import Testing

@testable import AssignmentPipeline

/// Planners where time is simulated, and the point at which their answers can be spoiled.
@Suite struct SimulatedPlanningTests {
  struct Sick: Error {}

  /// Takes the simulated time that it is told, and notes who is asked.
  private final class Spy: FaultPoints {
    let calls = Locked([PlannerCall]())
    func reach(_ point: FaultPoint) async throws {}
    func spoil(_ plans: [SeatingPlan], of call: PlannerCall) throws -> [SeatingPlan] {
      calls.withLock { $0.append(call) }
      return plans
    }
  }

  private func answer(
    after taken: Duration, _ work: @escaping @Sendable () throws -> Int = { 7 }
  ) async -> PlanningAnswer<Int> {
    let (clock, began) = (ManualClock(), ContinuousClock.now)
    let steady = SteadyClock { began.advanced(by: clock.now().since(ManualClock.start)) }
    return await PlanningThreads(clock: steady, isSimulated: true).run(for: "house", within: .seconds(2)) {
      clock.advance(by: taken)
      return try work()
    }
  }

  @Test func `a planner takes as long as the clock says`() async {
    guard case .finished(7, let took) = await answer(after: .seconds(2)) else {
      Issue.record("it has not finished")
      return
    }
    #expect(took == .seconds(2))
  }

  @Test func `longer than the limit is a timeout, whatever it answers`() async {
    guard case .timedOut = await answer(after: .milliseconds(2_001)) else {
      Issue.record("it has not timed out")
      return
    }
  }

  @Test func `one that throws has failed, and its kind is told`() async {
    guard case .failed("Sick") = await answer(after: .zero, { throw Sick() }) else {
      Issue.record("it has not failed")
      return
    }
  }

  @Test func `who is asked can be spoiled: the deciding flow, and V3 that looks on`() async throws {
    let harness = try await PipelineHarness(flags: ShadowTests.on)
    let spy = Spy()
    var environment = harness.environment
    environment.faults = spy
    environment.simulatePlanning()
    environment.shadow = ShadowRunner(environment: environment)
    try await harness.create(.sample())
    await Worker(environment: environment, locks: harness.locks).runOnce()
    await environment.shadow?.workOff()
    #expect(
      spy.calls.withLock { $0 } == [
        PlannerCall(flow: .legacy, restaurant: "house", booking: "b-1", limit: .seconds(5)),
        PlannerCall(flow: .v3, restaurant: "house", booking: "b-1", isShadow: true, limit: .seconds(2)),
      ])
  }
}
