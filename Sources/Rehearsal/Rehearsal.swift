import AssignmentPipeline
public import AssignmentStore
import BookingDomain
public import Logging
public import Rollout

/// A whole rollout in simulated time: the real pipeline, gates and store, made-up or recorded guests, and people who do what a
/// scenario says.
public struct Rehearsal: Sendable {
  public let scenario: RehearsalScenario
  public let demand: RehearsalDemand
  /// The same seed gives the same rehearsal.
  public let seed: UInt64
  public let plan: RolloutPlan

  public init(
    scenario: RehearsalScenario, demand: RehearsalDemand, seed: UInt64, plan: RolloutPlan = .standard
  ) {
    self.scenario = scenario
    self.demand = demand
    self.seed = seed
    self.plan = plan
  }

  /// What a store for it must be opened with.
  public struct Stage: Sendable {
    public let clock: SimulatedClock
    let play: FaultPlay

    /// Whether a fault says now that the store cannot be reached.
    public var storageIsAway: @Sendable () -> Bool { { [play] in play.storageIsAway } }

    /// - Parameter scenario: says when it begins.
    public init(_ scenario: RehearsalScenario, seed: UInt64) {
      clock = SimulatedClock(start: scenario.startTime)
      play = FaultPlay(seed: seed)
    }
  }

  /// Plays it.
  /// - Parameters:
  ///   - store: empty, and opened with clock and faults of the stage.
  ///   - progress: told at every look of the people.
  /// - Throws: ``DeskError`` or `StoreError` where it cannot begin or its end cannot be read.
  public func run(
    on stage: Stage, store: any AssignmentStore, logger: Logger,
    progress: @escaping @Sendable (RehearsalProgress) -> Void = { _ in }
  ) async throws -> RehearsalResult {
    let system = RehearsalStage(store: store, clock: stage.clock, play: stage.play, seed: seed, logger: logger)
    let run = RehearsalRun(scenario: scenario, demand: demand, stage: system, plan: plan, progress: progress)
    try await run.play()
    return try await RehearsalJudge(run).result(seed: seed)
  }
}
