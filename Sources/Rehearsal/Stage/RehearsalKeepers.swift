import AssignmentPipeline
import AssignmentStore
import BookingDomain

/// The keepers of a process, a turn of each when it is due.
///
/// A process turns them every second or so, and most turns find nothing to do. Here they turn when something may have changed
/// for them, and else every few minutes of the simulated time.
struct RehearsalKeepers {
  private let heartbeat: InstanceKeeper
  private let handOver: HandOverKeeper
  private let breakers: BreakerKeeper
  private let often: [any MaintenanceService]
  private let seldom: [any MaintenanceService]

  init(
    environment: PipelineEnvironment, locks: LockManager, record: InstanceRecord, board: InstanceBoard
  ) {
    heartbeat = InstanceKeeper(environment: environment, record: record, board: board)
    handOver = HandOverKeeper(environment: environment)
    breakers = BreakerKeeper(environment: environment)
    often = [
      breakers, LeaseKeeper(environment: environment, locks: locks), Rescuer(environment: environment),
      OutageKeeper(environment: environment), ReviewKeeper(environment: environment),
      NoticeDispatcher(environment: environment, notifier: RecordingNotifier()),
    ]
    seldom = [
      HoldReaper(environment: environment), Pruner(environment: environment, breath: .zero),
    ]
  }

  /// Learns the flags that are set now, and hands over what they take from V3. What fails is tried again at the next turn.
  func heed() async {
    try? await heartbeat.runOnce()
    try? await handOver.runOnce()
  }

  /// A turn of those that look after bookings.
  func turn() async { for keeper in often { try? await keeper.runOnce() } }

  /// A turn of those that clear away.
  func clear() async { for keeper in seldom { try? await keeper.runOnce() } }
}
