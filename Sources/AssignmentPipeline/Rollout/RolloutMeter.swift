public import AssignmentStore
public import BookingDomain
public import Rollout

/// What a run of a phase has measured, from stored data alone.
public struct RolloutMeter: Sendable {
  private let store: any AssignmentStore

  public init(store: any AssignmentStore) { self.store = store }

  /// All figures of a run; the time gone by, its incidents and its drill come from the rollout's state.
  ///
  /// - Parameters:
  ///   - run: one that was entered; also one that has ended.
  ///   - runs: all of the rollout.
  ///   - now: the end of a run that goes on.
  public func figures(
    of run: RolloutRun, plan: RolloutPlan, runs: [RolloutRun], state: RolloutState, now: Timestamp
  ) async throws(StoreError) -> PhaseFigures {
    let query = Self.query(of: run, plan: plan, runs: runs, now: now)
    var figures = try await store.phaseFigures(query)
    let phaseRun = PhaseRun(number: run.number, phase: run.phase, enteredAt: query.span.from)
    figures.elapsedSeconds = query.span.until.since(query.span.from).inMilliseconds / 1_000
    figures.seriousIncidents = state.seriousIncidents(of: phaseRun)
    figures.drill = state.drill(of: phaseRun)
    return figures
  }

  /// What to ask the store for.
  static func query(
    of run: RolloutRun, plan: RolloutPlan, runs: [RolloutRun], now: Timestamp
  ) -> PhaseFigureQuery {
    var query = PhaseFigureQuery(.init(run, now: now))
    let earlier = runs.filter { $0.number < run.number && $0.enteredAt != nil }
    if !run.hasLegacy { query.legacy = earlier.last(where: \.hasLegacy).map { .init($0, now: now) } }
    if let before = plan.phase(before: run.phase) {
      query.before = earlier.last { $0.phase == before.name }.map { .init($0, now: now) }
    }
    guard let phase = plan.phase(run.phase) else { return query }
    let limits = plan.criteria(of: phase)
    query.slowLatency = limits.first { $0.kind == .latency }?.limit
    query.slowLockWait = limits.first { $0.kind == .lockWait }?.limit
    return query
  }
}

extension RolloutRun {
  /// Whether legacy decides for some restaurants.
  var hasLegacy: Bool { !decidesV3 || sharePercent < 100 }
}

extension PhaseFigureQuery.Span {
  init(_ run: RolloutRun, now: Timestamp) {
    self.init(
      from: run.enteredAt ?? run.decidedAt, until: run.endedAt ?? now, isShadowOnly: run.isShadowOnly)
  }
}
