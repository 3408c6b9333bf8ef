import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// V3 in shadow (product specification §8): what legacy quoted is planned again by V3, on the same snapshot, and compared.
///
/// It has a queue, planning threads and a time limit of its own. The deciding flow hands a case over, which never waits, and
/// hears nothing of it any more: a full queue drops, a planner that throws or hangs is an error of shadow, and what cannot be
/// written is lost and counted.
public final class ShadowRunner: Sendable {
  private let environment: PipelineEnvironment
  private let settings: ShadowSettings
  private let trial: ShadowTrial
  private let threads: PlanningThreads
  private let queue: Locked<ShadowQueue>
  private let counted = Locked(ShadowCounts())
  let signal = WakeSignal()

  /// - Parameter environment: for store, clocks, metrics and log.
  public convenience init(environment: PipelineEnvironment) {
    self.init(environment: environment, planner: V3Planner(limit: environment.settings.plansPerSnapshot))
  }

  init(environment: PipelineEnvironment, planner: some FlowPlanner) {
    self.environment = environment
    settings = environment.settings.shadow
    trial = ShadowTrial(
      v3: planner, legacy: LegacyFlowPlanner(waits: []), machine: BookingStateMachine(logger: environment.logger),
      clock: environment.monotonic, faults: environment.faults, limit: settings.limit)
    var limits = PlanningLimits()
    limits.threads = 1
    limits.hungPerRestaurant = settings.hungPlanners
    limits.hungInAll = settings.hungPlanners
    threads = PlanningThreads(
      limits: limits, clock: environment.monotonic, isSimulated: environment.planning.isSimulated)
    queue = Locked(ShadowQueue(capacity: settings.capacity))
  }

  public var counts: ShadowCounts { counted.withLock { $0 } }

  /// Whether everything that was handed over has been worked on.
  public var isIdle: Bool { queue.withLock { $0.isIdle } }

  // MARK: - The deciding flow's side: never waits

  func offer(_ item: ShadowQueue.Item) {
    if queue.withLock({ $0.add(item) }) { signal.wakeHere() } else { drop() }
  }

  private func drop() {
    counted.withLock { $0.dropped += 1 }
    environment.metrics.shadowDropped()
  }

  // MARK: - Shadow's side

  /// Works until nothing waits; ``ShadowService`` does so all the time.
  /// - Parameter isEnding: stops before the next batch when true.
  public func workOff(isEnding: () -> Bool = { false }) async {
    while !isEnding() {
      let items = queue.withLock { $0.take(atMost: settings.batch) }
      if items.isEmpty { return }
      var batch = ShadowBatch()
      for item in items {
        switch item {
        case .late(let success): batch.late.append(success)
        case .compare(let item): await compare(item, into: &batch)
        }
      }
      await write(batch)
    }
  }

  private func compare(_ item: ShadowCase, into batch: inout ShadowBatch) async {
    let time = environment.clock.now()
    let trial = trial
    let answer = await threads.run(for: item.booking.restaurantID, within: settings.limit) {
      try Self.contained { try trial.run(item, at: time) }
    }
    switch answer {
    case .finished(.success(let finding), _):
      batch.comparisons.append(finding.comparison)
      batch.events += finding.events
    case .finished(.failure(let fault), _): fail(fault, item, at: time, &batch)
    case .failed: fail(.plannerFailed, item, at: time, &batch)
    case .timedOut: fail(.planningTimeout, item, at: time, &batch)
    // Too many hang: until one returns, shadow is behind.
    case .refused: drop()
    }
  }

  /// Shadow's own faults as values, so that they are not taken for the planner's.
  private static func contained(
    _ work: () throws -> ShadowFinding
  ) throws -> Result<ShadowFinding, ShadowFault> {
    do { return .success(try work()) } catch let fault as ShadowFault { return .failure(fault) }
  }

  private func fail(_ fault: ShadowFault, _ item: ShadowCase, at time: Timestamp, _ batch: inout ShadowBatch) {
    count(fault)
    environment.logger.warning("\(fault.rawValue)", metadata: item.booking.logged, source: EventSource.shadow.rawValue)
    let comparison = ShadowComparison(
      item, v3: ShadowSide(outcome: fault.rawValue), verdict: ShadowVerdict(legacy: item.legacyFind, v3: .fault),
      at: time)
    batch.comparisons.append(comparison)
    batch.events.append(comparison.event(trace: item.booking.trace))
  }

  /// Tried once. While storage is sick shadow does not add to its load.
  private func write(_ batch: ShadowBatch) async {
    if batch.isEmpty { return }
    do throws(StoreError) {
      guard environment.breakers[.storage].position == .closed else { throw .unavailable("the breaker is open") }
      try await environment.store.appendShadow(batch)
      counted.withLock { $0.compared += batch.comparisons.count }
      for row in batch.comparisons { environment.metrics.shadow(row.verdict) }
    } catch {
      counted.withLock { $0.unwritten += batch.comparisons.count }
      count(.storage)
      environment.logger.tell(error, "lost \(batch.comparisons.count) comparisons", source: EventSource.shadow.rawValue)
    }
  }

  private func count(_ fault: ShadowFault) {
    counted.withLock { $0.errors += 1 }
    environment.metrics.shadow(fault)
  }
}

/// What shadow has done in this process.
public struct ShadowCounts: Sendable, Hashable {
  /// Comparisons that were written.
  public var compared = 0
  /// Cases that found the queue full, or too many planners hanging.
  public var dropped = 0
  /// Faults of shadow, those of storage included.
  public var errors = 0
  /// Comparisons that could not be written.
  public var unwritten = 0

  public init() {}
}

/// Limits of shadow.
public struct ShadowSettings: Sendable, Hashable {
  /// Cases that may wait; 512.
  public var capacity = 512
  /// A case that takes longer is given up; 2 seconds.
  public var limit = Duration.seconds(2)
  /// Cases whose rows are written together; 8.
  public var batch = 8
  /// Planners that may hang before cases are dropped; 4.
  public var hungPlanners = 4

  public init() {}
}
