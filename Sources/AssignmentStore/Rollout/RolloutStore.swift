public import BookingDomain
public import Rollout

/// The one rollout of a database.
public protocol RolloutStore: Sendable {
  func rollout() async throws(StoreError) -> StoredRollout
  /// Stores a step: state, plan, flags, records and events, in one transaction. The flags' epoch rises if flags change.
  /// - Returns: the rollout as stored.
  /// - Throws: ``StoreError/staleRollout`` when the revision is no longer the one read; then nothing is stored.
  func storeRollout(_ write: RolloutWrite) async throws(StoreError) -> StoredRollout
  /// Every run, in order of number.
  func rolloutRuns() async throws(StoreError) -> [RolloutRun]
  /// In the order in which they were written.
  /// - Parameter kinds: empty means all.
  func rolloutRecords(
    of kinds: Set<RolloutRecord.Kind>, limit: Int, latest: Bool
  ) async throws(StoreError) -> [RolloutRecord]
}

/// What is measured of a rollout, from what is stored and nothing else.
public protocol RolloutFigureReading: Sendable {
  /// All that a gate asks for; drill, incidents and the time gone by are the state's to tell, and stay as they are.
  func phaseFigures(_ query: PhaseFigureQuery) async throws(StoreError) -> PhaseFigures
  /// What the rules of automatic rollback ask for; incidents are the state's to tell.
  func rollbackFigures(_ query: RollbackFigureQuery) async throws(StoreError) -> RollbackFigures
  /// Bookings that V3 has under way: with a table found or looked for, and not confirmed.
  func bookingsUnderWayInV3() async throws(StoreError) -> Int
}

/// A step to store.
public struct RolloutWrite: Sendable {
  /// Of the rollout that the step was made on.
  public var expectedRevision: Int
  public var state: RolloutState
  public var plan: RolloutPlan?
  public var drill: RunningDrill?
  /// Runs that are new or have changed.
  public var runs: [RolloutRun] = []
  public var overrides: [FlagOverride] = []
  /// Flags to let go; one that is not set stays so.
  public var cleared: [FlagKey] = []
  public var records: [RolloutRecord] = []
  public var events: [ObservabilityEvent] = []
  public var outbox: [OutboxMessage] = []
  public var at: Timestamp

  public init(
    expectedRevision: Int, state: RolloutState, plan: RolloutPlan?, drill: RunningDrill? = nil, at: Timestamp
  ) {
    self.expectedRevision = expectedRevision
    self.state = state
    self.plan = plan
    self.drill = drill
    self.at = at
  }

  public var changesFlags: Bool { !overrides.isEmpty || !cleared.isEmpty }
}
