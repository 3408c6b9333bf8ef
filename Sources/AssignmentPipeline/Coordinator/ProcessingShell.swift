import AssignmentStore
import BookingDomain
import Logging
import Resilience
import SeatingEngine

/// What both flows share: lease, fence, breaker, checks, permit, claims and states (product specification §3). The flow's
/// planner says only which tables, and what to do without.
///
/// Order of everything that is taken: booking lease, then restaurant permit, then claims by table. Nothing waits while
/// holding anything.
struct ProcessingShell: Sendable {
  let environment: PipelineEnvironment
  let locks: LockManager
  let machine: BookingStateMachine
  let snapshots: SnapshotBuilder

  init(environment: PipelineEnvironment, locks: LockManager) {
    self.environment = environment
    self.locks = locks
    machine = BookingStateMachine(logger: environment.logger, metrics: environment.metrics)
    snapshots = SnapshotBuilder(store: environment.store, clock: environment.clock)
  }

  var store: any AssignmentStore { environment.store }

  /// Works on one job until the booking is decided or must wait.
  func run(_ job: Job, flags: FeatureFlags, planner: some FlowPlanner) async -> Outcome {
    let answer = await environment.behindStorageBreaker(isSick: \.isStorageFailure) { () async throws(StoreError) in
      try await lockAndProcess(job, flags: flags, planner: planner)
    }
    switch answer {
    case .answered(.success(let outcome)): return outcome
    case .answered(.failure(let error)): return afterStoreError(error, job: job, flow: planner.flow)
    // Storage is sick: the job stays as it is, and comes back when its claim runs out or the breaker closes.
    case .isOpen(let retryAfter): return .retry(reason: .circuitOpen, delay: retryAfter)
    }
  }

  private func lockAndProcess(
    _ job: Job, flags: FeatureFlags, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    let startedAt = environment.monotonic.now
    switch try await locks.lock(job) {
    case .taken(let until):
      return try await contended(job, until: until, planner: planner)
    case .acquired(let lease):
      let waited = job.lease == nil ? startedAt.duration(to: environment.monotonic.now) : job.leaseWait
      let result = await attempt(
        job, flags: flags, fence: lease.fence, startedAt: startedAt, waited: waited, planner: planner)
      await close(lease, after: result)
      return try result.get()
    }
  }

  /// A transaction that succeeded has given the lease back already; one that lost it must not.
  private func close(_ lease: consuming LockLease, after result: Result<Outcome, StoreError>) async {
    switch result {
    case .success, .failure(.leaseLost): lease.spent()
    case .failure: await lease.release()
    }
  }

  private func attempt(
    _ job: Job, flags: FeatureFlags, fence: Fence, startedAt: ContinuousClock.Instant, waited: Duration,
    planner: some FlowPlanner
  ) async -> Result<Outcome, StoreError> {
    do throws(StoreError) {
      return .success(
        try await load(job, flags: flags, fence: fence, startedAt: startedAt, waited: waited, planner: planner))
    } catch { return .failure(error) }
  }

  /// Someone else works on it: the job returns when that lease ends.
  private func contended(
    _ job: Job, until: Timestamp, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    let wait = max(.milliseconds(10), until.since(try await store.storeNow()))
    try await tell([.started, .lockContention], job: job, planner: planner)
    try await store.returnJob(job.bookingID, owner: environment.instance, after: wait)
    return .noop(reason: .lockContention)
  }

  private func load(
    _ job: Job, flags: FeatureFlags, fence: Fence, startedAt: ContinuousClock.Instant, waited: Duration,
    planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    try await reach(.leaseAcquired)
    guard let booking = try await store.booking(job.bookingID) else {
      return try await finish(job, fence: fence, reason: .bookingNotFound, planner: planner)
    }
    guard !booking.state.endsAutomaticWork else {
      return try await finish(job, fence: fence, reason: .terminalState, trace: booking.trace, planner: planner)
    }
    guard let context = try await environment.restaurants.context(booking.restaurantID) else {
      throw .invalid("booking \(booking.id) names a restaurant that is not there")
    }
    var current = Try(
      job: job, flow: planner.flow, flags: flags, fence: fence, context: context, startedAt: startedAt,
      booking: booking, events: [])
    note(.started, in: &current, planner)
    note(.lockAcquired(waited: waited), in: &current, planner)
    return try await process(&current, planner: planner)
  }

  /// The steps of a try; every path gives the lease back in its last transaction.
  private func process(_ current: inout Try, planner: some FlowPlanner) async throws(StoreError) -> Outcome {
    do {
      let began = environment.monotonic.now
      if let outcome = try await verify(&current, planner: planner) { return outcome }
      try await reach(.verified)
      try stillDecides(current)
      if let outcome = try await enter(&current, planner: planner) { return outcome }
      environment.measured(.verify, since: began)
      try await reach(.permitTaken)
      return try await seat(&current, planner: planner)
    } catch {
      return try await recover(from: error, &current, planner: planner)
    }
  }

  /// Between all steps: a flow that was switched off, and a restaurant that was paused, go no step further. What it would
  /// confirm all the same is refused by the flags' epoch.
  func stillDecides(_ current: Try) throws(StoreError) {
    let (id, now) = (current.booking.restaurantID, environment.flags())
    guard now.flow(for: id) == current.flags.flow(for: id), !now.isPaused(id) else { throw .flagsChanged }
  }

  /// Nothing to do: the job goes away.
  private func finish(
    _ job: Job, fence: Fence, reason: OutcomeReason, trace: TraceID? = nil, planner: some FlowPlanner
  ) async throws(StoreError) -> Outcome {
    var unit = WriteUnit(label: "coordinator.finish")
    unit.fences = [fence]
    unit.jobs = [.finish(job.bookingID)]
    unit.events = [TryStep.started, .noop(reason: reason)].compactMap { step in
      planner.event(step, of: job.bookingID, restaurant: job.restaurantID, at: environment.clock.now())?.traced(trace)
    }
    unit.releaseLeases = [fence]
    try await store.commit(unit)
    return .noop(reason: reason)
  }

  /// Storage failed in the middle: nothing more can be written, and the job comes back when its claim runs out.
  private func afterStoreError(_ error: StoreError, job: Job, flow: AssignmentFlow) -> Outcome {
    if case .leaseLost = error { return .retry(reason: .lockLost, delay: .zero) }
    environment.metrics.error(error.code, flow: flow)
    environment.logger.tell(
      error, "storage", metadata: ["booking_id": "\(job.bookingID)"], source: EventSource.coordinator.rawValue)
    return .retry(reason: .systemError, delay: environment.settings.leaseTTL)
  }

  // MARK: - Events

  func note(_ step: TryStep, in current: inout Try, _ planner: some FlowPlanner) {
    let booking = current.booking
    environment.metrics.count(step, flow: planner.flow)
    if let event = planner.event(step, of: booking.id, restaurant: booking.restaurantID, at: environment.clock.now()) {
      current.events.append(event.traced(booking.trace))
    }
  }

  private func tell(_ steps: [TryStep], job: Job, planner: some FlowPlanner) async throws(StoreError) {
    let now = environment.clock.now()
    let trace = try await store.booking(job.bookingID)?.trace
    let events = steps.compactMap {
      planner.event($0, of: job.bookingID, restaurant: job.restaurantID, at: now)?.traced(trace)
    }
    if !events.isEmpty { try await store.append(events) }
  }

  /// A named fault point; what a test makes it throw counts as a fault of storage or of the system.
  func reach(_ point: FaultPoint) async throws(StoreError) {
    do { try await environment.faults.reach(point) } catch let error as StoreError { throw error } catch {
      throw .invalid("fault at \(point.rawValue)")
    }
  }

  func context(_ current: Try) -> ChangeContext {
    ChangeContext(
      actor: .pipeline, actorName: environment.instance, mode: current.mode, at: environment.clock.now())
  }
}
