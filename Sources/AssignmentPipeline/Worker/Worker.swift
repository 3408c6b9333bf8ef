import AssignmentStore
import BookingDomain
import Logging
import Resilience
public import ServiceLifecycle

/// Takes jobs from the stored queue in fair turns and works on several at once.
public final class Worker: Service {
  private let environment: PipelineEnvironment
  private let router: FlowRouter
  private let lastServed = Locked<RestaurantID?>(nil)
  private let active = Locked(0)
  private let takesWork: @Sendable () -> Bool

  /// - Parameter takesWork: false while this process is drained.
  public init(
    environment: PipelineEnvironment, locks: LockManager, takesWork: @escaping @Sendable () -> Bool = { true }
  ) {
    self.environment = environment
    self.takesWork = takesWork
    router = FlowRouter(environment: environment, locks: locks)
  }

  /// Works until graceful shutdown: then no new job is taken, and those under way are finished.
  public func run() async throws {
    await withDiscardingTaskGroup { group in
      while !Task.isShuttingDownGracefully && !Task.isCancelled {
        let free = environment.settings.concurrency - active.withLock { $0 }
        // Jobs are taken a handful at a time, which costs the database less than one by one.
        guard takesWork(), free * 4 >= environment.settings.concurrency else {
          await environment.workSignal.sleep(atMost: environment.settings.pollInterval)
          continue
        }
        let jobs = await claim(free)
        active.withLock { $0 += jobs.count }
        for job in jobs { group.addTask { await self.work(on: job) } }
        if jobs.isEmpty { await rest() }
      }
    }
  }

  /// Takes at most `limit` jobs and works on them, one after the other.
  /// - Returns: outcomes in the order of the jobs.
  @discardableResult
  public func runOnce(limit: Int = 1) async -> [Outcome] {
    var outcomes: [Outcome] = []
    for job in await claim(limit) { outcomes.append(await router.process(job)) }
    return outcomes
  }

  private func work(on job: Job) async {
    let outcome = await router.process(job)
    if case .retry(.circuitOpen, let delay) = outcome {
      // Storage is sick: do not spin on jobs that cannot be worked on.
      try? await Task.sleep(for: min(delay, .seconds(1)))
    }
    active.withLock { $0 -= 1 }
    environment.workSignal.wake()
  }

  /// While storage is sick, or people have yet to be given what an outage has left for them, no job is taken; of a storage
  /// that may be well again, one at a time.
  private func claim(_ limit: Int) async -> [Job] {
    let storage = environment.breakers[.storage].position
    guard storage != .open, !environment.outage.isLong else {
      await environment.workSignal.sleep(atMost: environment.settings.pollInterval)
      return []
    }
    let request = JobClaimRequest(
      owner: environment.instance, limit: storage == .halfOpen ? min(limit, 1) : limit,
      after: lastServed.withLock { $0 },
      maxParallel: environment.flags().maxParallel, ttl: environment.settings.leaseTTL)
    let startedAt = environment.monotonic.now
    do {
      var jobs = try await take(request)
      let took = startedAt.duration(to: environment.monotonic.now)
      for index in jobs.indices { jobs[index].leaseWait = took }
      if let last = jobs.last { lastServed.withLock { $0 = last.restaurantID } }
      if !jobs.isEmpty { try await environment.faults.reach(.workerClaimed) }
      return jobs
    } catch {
      environment.logger.tell(error, "cannot take jobs", source: "assignment.worker")
      await environment.workSignal.sleep(atMost: .milliseconds(500))
      return []
    }
  }

  private func take(_ request: JobClaimRequest) async throws(StoreError) -> [Job] {
    let answer = await environment.behindStorageBreaker(isSick: \.isStorageFailure, isRoutine: true) {
      () async throws(StoreError) in try await environment.store.claimJobs(request)
    }
    switch answer {
    case .answered(let jobs): return try jobs.get()
    case .isOpen: throw .unavailable("the breaker is open")
    }
  }

  /// Sleeps until there may be work.
  private func rest() async { await environment.workSignal.sleep(atMost: await timeToNextJob()) }

  private func timeToNextJob() async -> Duration {
    let limit = environment.settings.pollInterval
    guard let due = try? await environment.store.nextJobDue(), let now = try? await environment.store.storeNow()
    else { return limit }
    return min(limit, max(.milliseconds(1), due.since(now)))
  }
}
