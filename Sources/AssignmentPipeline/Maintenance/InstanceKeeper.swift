public import AssignmentStore
import BookingDomain
import Logging
import ServiceLifecycle

/// The heartbeat of this process: publishes what its environment says, and learns what the others' say.
///
/// Twice a second, so that an environment that says `false` is heeded on every instance within a second. Goes on when
/// storage is away, with what was known last. Takes the instance off at the end.
public struct InstanceKeeper: MaintenanceService {
  public let name = "instance_keeper"
  public let environment: PipelineEnvironment
  public let interval = Duration.milliseconds(500)
  private let record: InstanceRecord
  private let board: InstanceBoard

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
    try await store.publishInstance(record)
    environment.metrics.heartbeat(at: environment.clock.now())
    // The epoch first: a change in between is seen at the next turn, and until then no unit passes with the old one.
    let epoch = try await store.flagsEpoch()
    let live = try await store.liveInstances(within: SeenInstance.patience)
    board.update(live: live, own: record.id, epoch: epoch, at: environment.monotonic.now)
  }
}
