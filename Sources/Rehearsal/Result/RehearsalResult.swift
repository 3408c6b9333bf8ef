import AssignmentPipeline
public import AssignmentStore
public import BookingDomain

/// What came of a rehearsal.
public struct RehearsalResult: Sendable {
  public let scenario: RehearsalScenario
  public let seed: UInt64
  public let tally: RehearsalTally
  /// All zero on a sound store.
  public let invariants: InvariantReport
  public let beganAt: Timestamp
  public let endedAt: Timestamp
}

extension RehearsalResult {
  init(_ run: RehearsalRun, seed: UInt64) async throws {
    scenario = run.scenario
    self.seed = seed
    beganAt = run.scenario.startTime
    endedAt = run.stage.clock.now()
    var counted = RehearsalCount(tally: run.tally, since: run.rollout.faults.firstBegan ?? beganAt)
    var broken = InvariantReport()
    let checker = InvariantChecker(environment: run.stage.environment)
    for restaurant in run.demand.restaurants {
      try await counted.add(restaurant.id, run.stage.store)
      broken = broken + (try await checker.report(restaurant.id))
    }
    tally = counted.tally
    invariants = broken
  }
}
