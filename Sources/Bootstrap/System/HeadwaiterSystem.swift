public import AssignmentPipeline
public import AssignmentStore
public import BookingDomain
public import Logging
import SQLiteStore
public import ServiceLifecycle

/// A store with the pipeline and the desks on it: everything of a process but its edges.
public struct HeadwaiterSystem: Sendable {
  private let database: OpenDatabase
  public let store: any AssignmentStore
  public let environment: PipelineEnvironment
  public let locks: LockManager
  public let worker: Worker
  public let notifier: RecordingNotifier
  public let desks: Desks

  /// The six desks.
  public struct Desks: Sendable {
    public let bookings: LiveBookingDesk
    public let holds: LiveHoldDesk
    public let review: LiveReviewDesk
    public let floor: LiveFloorDesk
    public let availability: LiveAvailabilityDesk
    public let progress: LiveBookingProgress
  }

  /// What a process chooses.
  public struct Options: Sendable {
    public var database: DatabaseAddress
    public var flags: FeatureFlags
    public var settings = PipelineSettings()
    public var businessClock: (any BusinessClock)?
    public var faults: any FaultPoints = NoFaults()
    public var logger: Logger

    public init(database: DatabaseAddress, flags: FeatureFlags, logger: Logger) {
      self.database = database
      self.flags = flags
      self.logger = logger
    }
  }

  /// Opens the database, creating and migrating an empty one.
  /// - Throws: `StoreOpenError`.
  public init(_ options: Options) async throws {
    let clock = SystemWallClock()
    let opened = try await OpenDatabase(options.database, clock: clock)
    database = opened
    store = opened.store
    let flags = options.flags
    let ids = TimeOrderedIDs(clock: clock)
    environment = PipelineEnvironment(
      store: store, clock: clock, businessClock: options.businessClock, ids: ids,
      random: { Double.random(in: 0...1) }, flags: { flags }, faults: options.faults, settings: options.settings,
      instance: "instance-\(ids.next())", logger: options.logger)
    locks = LockManager(store: store, owner: environment.instance, ttl: options.settings.leaseTTL)
    worker = Worker(environment: environment, locks: locks)
    notifier = RecordingNotifier()
    desks = Desks(
      bookings: LiveBookingDesk(environment: environment), holds: LiveHoldDesk(environment: environment),
      review: LiveReviewDesk(environment: environment), floor: LiveFloorDesk(environment: environment),
      availability: LiveAvailabilityDesk(environment: environment),
      progress: LiveBookingProgress(environment: environment))
  }

  /// Closes the database; nothing works afterwards.
  public func close() { database.close() }

  /// The background work, in the order in which it starts; it stops in the opposite one.
  public var services: [any Service] {
    [
      LeaseKeeper(environment: environment, locks: locks), Rescuer(environment: environment),
      ReviewKeeper(environment: environment), HoldReaper(environment: environment), Pruner(environment: environment),
      NoticeDispatcher(environment: environment, notifier: notifier), worker,
    ]
  }
}
