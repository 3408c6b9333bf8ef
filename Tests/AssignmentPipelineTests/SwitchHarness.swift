import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import Resilience
import Testing

@testable import AssignmentPipeline

/// Flags that are set in the store, and seen by the process when a test says so.
extension PipelineHarness {
  var desk: LiveFlagDesk { LiveFlagDesk(environment: environment) }

  /// As everybody sees it at once.
  func set(_ key: FlagKey, _ value: String) async throws {
    _ = try await desk.set(key, value, reason: "drill", .local())
    try await seeFlags()
  }

  func clear(_ key: FlagKey) async throws {
    _ = try await desk.clear(key, reason: "drill", .local())
    try await seeFlags()
  }

  /// What a keeper does twice a second. The environment says that V3 is on.
  func seeFlags() async throws {
    let epoch = try await store.flagsEpoch()
    let environments = [FlagSources.Environment(instance: "worker-1", settings: FlagSettings(pipelineV3: true))]
    let stored = try StoredFlags(try await store.flagOverrides())
    let seen = FlagSources(environments: environments, stored: stored).effective(
      lead: RolloutShare.lead(among: try await store.restaurantIDs(), stored), epoch: epoch)
    flags.withLock { $0 = seen }
  }

  /// The flow that confirmed a booking, by its history.
  func confirmedBy(_ id: BookingID = "b-1") async throws -> HistoryMode? {
    try await store.history(of: id).last { $0.to == .confirmed }?.mode
  }

  /// Works until nothing waits, as time goes by.
  func drain() async throws {
    for _ in 0..<200 {
      let depth = try await store.queueDepth()
      guard depth.ready + depth.running + depth.parked + depth.waiting > 0 else { return }
      if await worker.runOnce(limit: 10).isEmpty { clock.advance(by: .seconds(1)) }
      _ = try await store.reviveJobs()
    }
    Issue.record("the queue does not empty")
  }

  /// A booking as a worker of V3 left it: in progress or assigned, with its lease and its permit.
  func leave(_ id: BookingID, in state: AssignmentState, attempts: Int = 3) async throws -> Fence {
    try await create(.sample(id: id))
    let job = try await store.claimJobs(
      JobClaimRequest(owner: "worker-1", limit: 1, after: nil, maxParallel: 20, ttl: .seconds(30)))
    let lease = try #require(job.first?.lease)
    let fence = Fence(name: lease.name, token: lease.token)
    let context = ChangeContext.sample(at: clock.now())
    var mutation = BookingMutation(try await booking(id))
    try mutation.transition(to: .capacityVerified, cause: .verify, context: context)
    try mutation.transition(to: .assignmentPending, cause: .queue, context: context)
    try mutation.transition(to: .assignmentInProgress, cause: .start, context: context)
    if state == .assigned { try mutation.transition(to: .assigned, cause: .assign, context: context) }
    mutation.edit {
      $0.flow = .v3
      $0.attempts = attempts
    }
    var unit = WriteUnit(label: "test.leave")
    unit.fences = [fence]
    unit.permit = PermitRequest(
      restaurantID: "house", bookingID: id, owner: "worker-1", limit: 20, ttl: .seconds(30))
    BookingStateMachine(logger: environment.logger).add(mutation, flow: .v3, to: &unit)
    try await store.commit(unit)
    return fence
  }
}
