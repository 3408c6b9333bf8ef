import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Rollout

/// Reads from the store and the diaries what came of a rehearsal.
struct RehearsalJudge {
  private let run: RehearsalRun
  private let stored: StoredRollout
  private let records: [RolloutRecord]
  private let runs: [RolloutRun]

  init(_ run: RehearsalRun) async throws {
    self.run = run
    let store = run.stage.store
    stored = try await store.rollout()
    records = try await store.rolloutRecords(of: [], limit: 100_000, latest: false)
    runs = try await store.rolloutRuns()
  }

  func result(seed: UInt64) async throws -> RehearsalResult {
    let count = try await count()
    let catching = catching
    let timeline = RehearsalTimeline(
      records: records, gates: run.rollout.gates, faults: run.rollout.faults, scenario: run.scenario)
    return RehearsalResult(
      scenario: run.scenario, seed: seed, restaurants: run.demand.restaurants.count, tally: count.tally,
      invariants: try await invariants(),
      beganAt: run.scenario.startTime, endedAt: run.stage.clock.now(), moments: timeline.moments,
      furthestPhase: furthest, phase: stored.state.run?.phase, status: stored.state.status.name,
      reportedRun: firings.first?.run ?? run.rollout.gates.last?.run, lastGate: run.rollout.gates.lastGate,
      caughtBy: catching.what,
      caught: catching.at.map { count.caught(from: began(before: $0), at: $0) }, fired: firings.map(\.rule),
      falseAlarms: firings.count { $0.at < run.rollout.faults.firstBegan ?? .init(microseconds: .max) })
  }

  private var furthest: String? {
    runs.filter { $0.enteredAt != nil }.compactMap { run.rollout.plan.index(of: $0.phase) }.max()
      .map { run.rollout.plan.phases[$0].name }
  }

  /// Rules that fired, in order.
  private var firings: [(rule: RollbackFinding.Rule, run: Int?, at: Timestamp)] {
    records.filter { $0.kind == .rolledBack || $0.kind == .restaurantOut }.compactMap { record in
      record.content.finding.map { ($0.rule, record.run, record.at) }
    }
  }

  private var catching: (what: RehearsalCatch, at: Timestamp?) {
    if let first = firings.first { return (.rollback(first.rule), first.at) }
    if let open = run.rollout.gates.open.first, !isThrough {
      return (.gate(criterion: open.criterion, verdict: open.verdict), open.since)
    }
    return (.none, nil)
  }

  private var isThrough: Bool { stored.state.run?.phase == run.rollout.plan.phases.last?.name }

  /// When a fault began, the last before it was caught; else when the run was entered in which it was.
  private func began(before caught: Timestamp) -> Timestamp {
    let faults = run.rollout.faults.spans.values.map(\.from).filter { $0 <= caught }
    return faults.max() ?? runs.compactMap(\.enteredAt).filter { $0 <= caught }.max() ?? run.scenario.startTime
  }

  private func count() async throws -> RehearsalCount {
    var count = RehearsalCount(tally: run.tally, since: run.rollout.faults.firstBegan ?? run.scenario.startTime)
    for restaurant in run.demand.restaurants { try await count.add(restaurant.id, run.stage.store) }
    return count
  }

  private func invariants() async throws -> InvariantReport {
    let checker = InvariantChecker(environment: run.stage.environment)
    var sum = InvariantReport()
    for restaurant in run.demand.restaurants { sum = sum + (try await checker.report(restaurant.id)) }
    return sum
  }
}
