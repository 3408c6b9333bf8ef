public import AssignmentPipeline
public import AssignmentStore
public import BookingDomain
public import Logging
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
  /// What is known of the other instances; nil for a process that is none itself.
  public let instances: InstanceBoard?
  private let record: InstanceRecord?
  private let signals: (any PeerSignals)?
  private let channel: any Notifier
  /// Nil where nothing is counted.
  let metrics: SystemMetrics?

  /// The desks.
  public struct Desks: Sendable {
    public let bookings: LiveBookingDesk
    public let holds: LiveHoldDesk
    public let review: LiveReviewDesk
    public let floor: LiveFloorDesk
    public let availability: LiveAvailabilityDesk
    public let progress: LiveBookingProgress
    public let optimizer: LiveOptimizerDesk
    public let breakers: LiveBreakerDesk
    public let flags: LiveFlagDesk
    public let rollout: LiveRolloutDesk
  }

  /// What a process chooses.
  public struct Options: Sendable {
    public var database: DatabaseAddress
    public var flags: FeatureFlags
    public var settings = PipelineSettings()
    /// Whether an instance that works decides new bookings in the transaction that stores them; false unless set.
    public var decidesAtOnce = false
    public var businessClock: (any BusinessClock)?
    public var faults: any FaultPoints = NoFaults()
    public var clock: any WallClock = SystemWallClock()
    /// Where notices go; ``HeadwaiterSystem/notifier`` unless set.
    public var notifier: (any Notifier)?
    public var logger: Logger
    /// What is counted, and who may see it; nothing unless set.
    public var metrics: MetricsSettings?
    /// For a process that works beside others; nil for one that publishes nothing of itself.
    public var instance: Instance?

    /// What an instance says of itself.
    public struct Instance: Sendable {
      public var role: InstanceRole
      public var version: String
      /// What its own environment says of the flags.
      public var flags: FlagSettings
      /// How it is told by others what there is to do.
      public var postgres: PostgresSettings

      public init(role: InstanceRole, version: String, flags: FlagSettings, postgres: PostgresSettings) {
        self.role = role
        self.version = version
        self.flags = flags
        self.postgres = postgres
      }
    }

    public init(database: DatabaseAddress, flags: FeatureFlags, logger: Logger) {
      self.database = database
      self.flags = flags
      self.logger = logger
    }
  }

  /// Opens the database, creating and migrating an empty one.
  /// - Throws: `StoreOpenError`.
  public init(_ options: Options) async throws {
    let clock = options.clock
    let opened = try await OpenDatabase(options.database, clock: clock)
    database = opened
    store = opened.store
    let ids = TimeOrderedIDs(clock: clock)
    let id = "instance-\(ids.next())"
    // A process that is no instance keeps its flags, but must know how often others have changed theirs.
    var given = options.flags
    given.epoch = try await store.flagsEpoch()
    let flags = given
    let board = options.instance.map { _ in InstanceBoard(flags: flags) }
    instances = board
    record = options.instance.map { InstanceRecord($0, id: id, startedAt: clock.now()) }
    let counted = options.metrics.flatMap { $0.access == .off ? nil : ($0, SystemMetrics.registry($0)) }
    var environment = PipelineEnvironment(
      store: store, clock: clock, businessClock: options.businessClock, ids: ids, traces: RandomTraceIDs(),
      random: { Double.random(in: 0...1) }, flags: { board?.flags ?? flags }, faults: options.faults,
      settings: options.settings, instance: id, logger: options.logger)
    if options.decidesAtOnce, options.instance?.role == .all {
      environment.decidesAtOnce = { board?.isDraining != true }
    }
    if let (_, (_, pipeline)) = counted { environment.metrics = pipeline }
    environment.shadow = ShadowRunner(environment: environment)
    self.environment = environment
    let locks = LockManager(store: store, owner: environment.instance, ttl: options.settings.leaseTTL)
    self.locks = locks
    metrics = counted.map { [environment] settings, counted in
      SystemMetrics(
        counted.0, settings: settings, environment: environment, locks: locks, board: board, database: opened,
        options: options.instance)
    }
    worker = Worker(environment: environment, locks: locks) { board?.isDraining != true }
    signals = options.instance.flatMap { opened.signals($0.postgres, instance: id) }
    notifier = RecordingNotifier()
    channel = options.notifier ?? notifier
    desks = Desks(
      bookings: LiveBookingDesk(environment: environment), holds: LiveHoldDesk(environment: environment),
      review: LiveReviewDesk(environment: environment), floor: LiveFloorDesk(environment: environment),
      availability: LiveAvailabilityDesk(environment: environment),
      progress: LiveBookingProgress(environment: environment), optimizer: LiveOptimizerDesk(environment: environment),
      breakers: LiveBreakerDesk(environment: environment),
      flags: LiveFlagDesk(environment: environment), rollout: LiveRolloutDesk(environment: environment))
  }

  /// Closes the database; nothing works afterwards.
  public func close() { database.close() }

  /// Learns what the other instances say, so that the first booking is decided by everybody's flags.
  public func join() async throws { try await keeper?.runOnce() }

  /// The background work, in the order in which it starts; it stops in the opposite one.
  public var services: [any Service] {
    company + [BreakerKeeper(environment: environment)] + (record?.role.works == false ? [] : work)
  }

  /// What keeps this process in touch with the others.
  private var company: [any Service] {
    guard let keeper, let record, let instances else { return [] }
    guard let signals else { return [keeper] }
    return [
      keeper,
      PeerBridge(environment: environment, signals: signals, board: instances, takesWork: record.role.works),
    ]
  }

  private var keeper: InstanceKeeper? {
    guard let record, let instances else { return nil }
    return InstanceKeeper(environment: environment, record: record, board: instances)
  }

  private var work: [any Service] {
    // A process that is no instance decides by flags of its own, and hands nothing over.
    (instances == nil ? [] : [HandOverKeeper(environment: environment), RolloutKeeper(environment: environment)]) + [
      LeaseKeeper(environment: environment, locks: locks), Rescuer(environment: environment),
      OutageKeeper(environment: environment),
      ReviewKeeper(environment: environment), StayKeeper(environment: environment),
      OptimizerKeeper(environment: environment),
      HoldReaper(environment: environment), Pruner(environment: environment),
      NoticeDispatcher(environment: environment, notifier: channel),
    ] + (environment.shadow.map { [ShadowService($0)] } ?? []) + [worker]
  }
}

extension InstanceRecord {
  fileprivate init(_ instance: HeadwaiterSystem.Options.Instance, id: String, startedAt: Timestamp) {
    self.init(
      id: id, host: MachineName.current, role: instance.role, version: instance.version, flags: instance.flags,
      startedAt: startedAt)
  }
}
