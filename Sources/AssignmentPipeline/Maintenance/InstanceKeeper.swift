public import AssignmentStore
import BookingDomain
import Logging
import Resilience
import ServiceLifecycle

/// The heartbeat of this process: publishes what its environment says, and learns what the others' say and what is set for
/// all.
///
/// Twice a second, so that a switch, or an environment that says `false`, is heeded on every instance within a second. Goes on when
/// storage is away, with what was known last. Takes the instance off at the end.
public struct InstanceKeeper: MaintenanceService {
  public let name = "instance_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.milliseconds(500)
  private let record: InstanceRecord
  private let board: InstanceBoard
  /// Breakers that are open, since when.
  private let openings = Locked([BreakerBoard.Dependency: Timestamp]())

  public init(environment: PipelineEnvironment, record: InstanceRecord, board: InstanceBoard) {
    self.environment = environment
    self.record = record
    self.board = board
  }

  public func run() async throws {
    environment.metrics.maintenanceBegins(name)
    var complaints = Complaints()
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      await takeTurn(&complaints)
      await cancelWhenGracefulShutdown { [interval] in try? await Task.sleep(for: interval) }
    }
    try? await environment.store.removeInstance(record.id)
  }

  public func runOnce() async throws {
    let store = environment.store
    var record = record
    record.flagsEpoch = board.flags.epoch
    try await store.publishInstance(record)
    environment.metrics.heartbeat(at: environment.clock.now())
    // The epoch first: a change in between is seen at the next turn, and until then no unit passes with the old one.
    let epoch = try await store.flagsEpoch()
    let live = try await store.liveInstances(within: SeenInstance.patience)
    let stored = try await stored(epoch)
    let lead = try await lead(stored, epoch)
    board.update(
      live: live, stored: stored, lead: lead, own: record.id, epoch: epoch, at: environment.monotonic.now)
    // The flags come first: what a sick dependency is noted with must not keep a switch from being heeded.
    try await store.noteOpenBreakers(openBreakers(), at: environment.clock.now())
  }

  /// Since when each breaker has been open here. The moment that was told first stays, so that one opening is one row.
  private func openBreakers() -> [BreakerOpening] {
    let now = environment.clock.now()
    let open = environment.breakers.known.compactMapValues(\.openFor)
    return openings.withLock { openings in
      openings = openings.filter { open[$0.key] != nil }
      return open.map { dependency, time in
        let since = now.adding(.zero - time)
        // One that has closed meanwhile has been open for less long than it would have been.
        let known = openings[dependency].flatMap { since.since($0) < .seconds(1) ? $0 : nil }
        openings[dependency] = known ?? since
        return BreakerOpening(instance: record.id, name: "\(dependency)", openedAt: known ?? since)
      }
    }
  }

  /// Read once for each epoch: what is set since is of a higher one.
  private func stored(_ epoch: Int64) async throws -> StoredFlags {
    if let known = board.stored(of: epoch) { return known }
    return try StoredFlags(try await environment.store.flagOverrides())
  }

  /// Looked for again while a restaurant leads: one that is added may be in by its hash. Then there are few.
  private func lead(_ stored: StoredFlags, _ epoch: Int64) async throws -> RestaurantID? {
    if RolloutShare.needsNoLead(among: [], stored) || board.isLed(in: epoch) == false { return nil }
    return RolloutShare.lead(among: try await environment.store.restaurantIDs(), stored)
  }
}
