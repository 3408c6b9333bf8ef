public import AssignmentStore
import BookingDomain
import Logging
import Resilience
public import Rollout

/// Sees to the rollout by itself: automatic rollback within seconds, entering a phase once every live instance has its flags,
/// holding it when V3 is killed, and ending drills.
///
/// Every instance that works runs one. They may all find the same: the database lets one of them act, by the revision.
/// Without a rollout a turn reads one row.
public final class RolloutKeeper: MaintenanceService {
  /// What a turn has done.
  public enum Outcome: Sendable, Hashable {
    /// No rollout runs.
    case idle
    /// Nothing was to be done.
    case watched
    /// Something was, and another instance did it first.
    case overtaken
    case entered(PhaseRun)
    case rolledBack(RollbackFinding)
    /// Restaurants forced to legacy; the phase holds.
    case restaurantsOut([RollbackFinding])
    /// The kill switch is on; the phase holds.
    case heldByKill
    case drillEnded(DrillResult)
  }

  /// Between two turns; 2 seconds.
  public static let pace = Duration.seconds(2)
  /// Between two turns while a drill is timed or a phase is being entered; 250 milliseconds.
  public static let fastPace = Duration.milliseconds(250)
  /// Between two looks at single restaurants, which cost more than the rest; 10 seconds.
  public static let restaurantPace = Duration.seconds(10)

  private struct Memory {
    var isFast = false
    var restaurantsAt: Timestamp?
  }

  public let name = "rollout_keeper"
  public let environment: PipelineEnvironment
  private let clerk: RolloutClerk
  private let memory = Locked(Memory())

  public init(environment: PipelineEnvironment) {
    self.environment = environment
    clerk = RolloutClerk(environment: environment)
  }

  public var interval: Duration { memory.withLock { $0.isFast } ? Self.fastPace : Self.pace }

  public func runOnce() async throws { _ = try await turn() }

  /// One look at the rollout, by the environment's clock, and what follows from it.
  @discardableResult
  public func turn() async throws(StoreError) -> Outcome {
    let stored = try await environment.store.rollout()
    guard stored.state.status.watchedRun != nil else {
      memory.withLock { $0.isFast = false }
      return .idle
    }
    let outcome = try await see(to: try await clerk.turn(stored))
    tell(outcome)
    return outcome
  }

  private func see(to turn: RolloutClerk.Turn) async throws(StoreError) -> Outcome {
    memory.withLock { $0.isFast = turn.stored.drill != nil || turn.stored.state.status.isAdvancing }
    if let outcome = try await rollBack(turn) { return outcome }
    if turn.stored.isKilled, let outcome = try await hold(turn) { return outcome }
    if case .advancing(let advance) = turn.stored.state.status {
      guard turn.late.isEmpty else { return .watched }
      return try await clerk.storeArrival(turn) ? .entered(advance.to) : .overtaken
    }
    if let write = try await clerk.endDrill(turn), let result = write.state.drills.last?.result {
      return try await store(write, after: turn) ? .drillEnded(result) : .overtaken
    }
    return .watched
  }

  // MARK: Rules

  private func rollBack(_ turn: RolloutClerk.Turn) async throws(StoreError) -> Outcome? {
    guard let plan = turn.stored.plan, let run = turn.stored.state.status.watchedRun,
      plan.phase(run.phase)?.automaticRollback == true
    else { return nil }
    let figures = try await figures(run, plan, turn)
    let findings = RollbackWatch(plan.rollback).findings(figures)
    guard let step = RolloutMachine(plan).rollBack(findings, turn.stored.state, now: turn.now) else { return nil }
    let actor = RolloutMachine.automatic
    let reason = findings.first.map { "automatic rollback: \($0.sentence)" } ?? "automatic rollback"
    let write = clerk.ledger(turn, plan: plan, by: actor).write(
      step, records: RolloutRecords(turn: turn, actor: actor, plan: plan).rollback(step), reason: reason)
    guard try await store(write, after: turn) else { return .overtaken }
    if case .rolledBack(let rollback) = step.state.status { return .rolledBack(rollback.finding) }
    return .restaurantsOut(step.state.restaurantsOut.dropFirst(turn.stored.state.restaurantsOut.count).map(\.finding))
  }

  private func figures(
    _ run: PhaseRun, _ plan: RolloutPlan, _ turn: RolloutClerk.Turn
  ) async throws(StoreError) -> RollbackFigures {
    let withRestaurants = memory.withLock { memory in
      if let last = memory.restaurantsAt, last <= turn.now, turn.now.since(last) < Self.restaurantPace { return false }
      memory.restaurantsAt = turn.now
      return true
    }
    var figures = try await environment.store.rollbackFigures(
      RollbackFigureQuery(
        since: run.enteredAt, now: turn.now, rules: plan.rollback, withRestaurants: withRestaurants))
    figures.worstIncident = turn.stored.state.worstIncident(of: run)
    return figures
  }

  // MARK: The kill switch

  /// Where V3 is killed a phase measures nothing of what it is about: it holds until a person resumes it. A drill is over, and
  /// measures nothing either; the flags are as they were once the switch is released.
  private func hold(_ turn: RolloutClerk.Turn) async throws(StoreError) -> Outcome? {
    guard let plan = turn.stored.plan, let run = turn.stored.state.status.watchedRun else { return nil }
    let ledger = clerk.ledger(turn, plan: plan, by: RolloutClerk.itself)
    let held = try await holding(turn)
    guard held != nil || turn.stored.drill != nil else { return nil }
    var write = held ?? ledger.unchanged
    if write.drill != nil, let phase = plan.phase(run.phase) {
      ledger.stopDrill(&write)
      ledger.set(phase.flags, "the kill switch ended a drill", in: &write)
    }
    return try await store(write, after: turn) ? .heldByKill : .overtaken
  }

  /// Nil where the phase holds already, or cannot.
  private func holding(_ turn: RolloutClerk.Turn) async throws(StoreError) -> RolloutWrite? {
    if case .holding = turn.stored.state.status { return nil }
    do {
      return try await clerk.write(.hold(reason: "the kill switch is on"), by: RolloutClerk.itself, turn)
    } catch {
      guard case .store(let failure) = error else { return nil }
      throw failure
    }
  }

  /// - Returns: false where another instance was quicker.
  private func store(_ write: RolloutWrite, after turn: RolloutClerk.Turn) async throws(StoreError) -> Bool {
    do {
      try await clerk.store(write, after: turn)
      return true
    } catch .staleRollout { return false }
  }

  private func tell(_ outcome: Outcome) {
    let log = environment.logger
    switch outcome {
    case .idle, .watched, .overtaken: break
    case .entered(let run): log.notice("phase \(run.phase), run \(run.number), is entered", source: label)
    case .rolledBack(let finding):
      environment.metrics.rolledBack(finding.rule)
      log.error("rolled back: \(finding.sentence)", source: label)
    case .restaurantsOut(let findings):
      for finding in findings {
        environment.metrics.rolledBack(finding.rule)
        log.error("restaurant out: \(finding.sentence)", source: label)
      }
    case .heldByKill: log.warning("the phase holds: the kill switch is on", source: label)
    case .drillEnded(let result):
      log.notice("the rollback drill is over", metadata: ["seconds": "\(result.recoverySeconds)"], source: label)
    }
  }
}

extension RolloutState {
  /// P0 is the worst.
  func worstIncident(of run: PhaseRun) -> IncidentLevel? {
    incidents.filter { $0.run == run.number }.map(\.level).min { $0.rawValue < $1.rawValue }
  }
}
