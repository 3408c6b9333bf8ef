import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Logging
import Resilience

/// The system that a rehearsal plays: one instance of everything that a process of the service is made of, on simulated clocks.
///
/// Nothing here runs by itself. ``RehearsalRun`` calls what a service would do, one thing after the other, at the time when it is
/// due.
struct RehearsalStage {
  let clock: SimulatedClock
  let chance: SimulatedChance
  let play: FaultPlay
  let environment: PipelineEnvironment
  let board: InstanceBoard
  let worker: Worker
  let bookings: LiveBookingDesk
  let review: LiveReviewDesk
  let floor: LiveFloorDesk
  let keepers: RehearsalKeepers

  static let instance = "rehearsal"

  /// - Parameter play: the faults; the store must be away while they say so.
  init(store: any AssignmentStore, clock: SimulatedClock, play: FaultPlay, seed: UInt64, logger: Logger) {
    let chance = SimulatedChance(seed: seed)
    let faults = SimulatedFaults(clock: clock, chance: chance, play: play)
    let board = InstanceBoard(flags: FeatureFlags())
    var environment = PipelineEnvironment(
      store: store, clock: clock, monotonic: clock.steady, ids: SimulatedIDs(), traces: SimulatedTraces(),
      random: { chance.unit() }, flags: { board.flags }, faults: faults, instance: Self.instance, logger: logger)
    environment.decidesAtOnce = { true }
    environment.simulatePlanning()
    environment.shadow = ShadowRunner(environment: environment)
    let locks = LockManager(store: store, owner: Self.instance, ttl: environment.settings.leaseTTL)
    (self.clock, self.chance, self.play, self.board) = (clock, chance, play, board)
    self.environment = environment
    worker = Worker(environment: environment, locks: locks)
    bookings = LiveBookingDesk(environment: environment)
    review = LiveReviewDesk(environment: environment)
    floor = LiveFloorDesk(environment: environment)
    let record = InstanceRecord(
      id: Self.instance, host: "rehearsal", role: .all, version: "rehearsal", flags: FlagSettings(),
      startedAt: clock.now())
    keepers = RehearsalKeepers(
      environment: environment, locks: locks, record: record, board: board)
  }

  var store: any AssignmentStore { environment.store }

  /// Whether storage is, or has just been, so sick that the keepers must look all the time.
  var isInTrouble: Bool {
    play.storageIsAway || environment.breakers[.storage].position != .closed || environment.outage.isLong
  }

  var hasOpenBreaker: Bool { environment.breakers.known.values.contains { $0.openFor != nil } }
}
