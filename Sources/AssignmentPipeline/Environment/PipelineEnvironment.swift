public import AssignmentStore
public import BookingDomain
public import Logging
public import Resilience

/// What the pipeline gets from outside: its store, its clocks, its chance, its limits.
public struct PipelineEnvironment: Sendable {
  public var store: any AssignmentStore
  /// For what is stored: history, events, `created_at`.
  public var clock: any WallClock
  /// For `in_the_past`, lead times and review deadlines only (§11); the wall clock unless a file is replayed.
  public var businessClock: any BusinessClock
  /// For waits and durations.
  public var monotonic: SteadyClock
  public var ids: any IDGenerator
  /// For bookings of callers that bring no trace of their own.
  public var traces: any TraceIDGenerator
  /// Uniform in 0…1.
  public var random: @Sendable () -> Double
  /// The effective flags now.
  public var flags: @Sendable () -> FeatureFlags
  public var faults: any FaultPoints
  public var settings: PipelineSettings
  /// Name of this process in leases and history.
  public var instance: String
  public var logger: Logger
  /// What is counted and timed; nothing unless set.
  public var metrics = PipelineMetrics.off
  public var breakers: BreakerBoard
  public var outage: OutageRecord
  public var progress: ProgressHub
  public var restaurants: RestaurantCache
  /// Wakes the workers of this process.
  public var workSignal: WakeSignal
  /// Wakes the live event tail of this process.
  public var outboxSignal: WakeSignal
  /// V3 in shadow, for bookings that legacy decides while the flag is on; nothing unless set.
  public var shadow: ShadowRunner?
  /// Where planners run.
  var planning: PlanningThreads
  /// Whether this process may decide new bookings in the transaction that stores them, now; never unless set.
  public var decidesAtOnce: @Sendable () -> Bool = { false }
  /// How many restaurants' bookings are being decided so.
  var turns: SeatingTurns

  public init(
    store: any AssignmentStore, clock: any WallClock, businessClock: (any BusinessClock)? = nil,
    monotonic: SteadyClock = SteadyClock(),
    ids: any IDGenerator, traces: any TraceIDGenerator, random: @escaping @Sendable () -> Double,
    flags: @escaping @Sendable () -> FeatureFlags,
    faults: any FaultPoints = NoFaults(), settings: PipelineSettings = PipelineSettings(), instance: String,
    logger: Logger
  ) {
    self.store = store
    self.clock = clock
    self.businessClock = businessClock ?? LiveBusinessClock(clock: clock)
    self.monotonic = monotonic
    self.ids = ids
    self.traces = traces
    self.random = random
    self.flags = flags
    self.faults = faults
    self.settings = settings
    self.instance = instance
    self.logger = logger
    breakers = BreakerBoard(clock: monotonic)
    outage = OutageRecord()
    progress = ProgressHub()
    restaurants = RestaurantCache(store: store)
    workSignal = WakeSignal()
    outboxSignal = WakeSignal()
    planning = PlanningThreads(clock: monotonic)
    turns = SeatingTurns(clock: monotonic)
  }

  /// For a process whose clocks are simulated: planners run where they are asked, and take as long as those clocks say.
  /// To be called before ``shadow`` is set.
  public mutating func simulatePlanning() { planning = PlanningThreads(clock: monotonic, isSimulated: true) }
}

/// Limits of the pipeline, with the defaults of product specification §2 and §3.
public struct PipelineSettings: Sendable, Hashable {
  /// Life of a booking's lease without a heartbeat; 30 seconds.
  public var leaseTTL = Duration.seconds(30)
  /// How often leases are extended; 10 seconds.
  public var heartbeat = Duration.seconds(10)
  /// Attempts before a person is asked; 5.
  public var maxAttempts = 5
  /// Plans tried on one snapshot; 5.
  public var plansPerSnapshot = 5
  public var backoff = Backoff()
  /// How long notices wait, so that an undo sends nothing; 60 seconds.
  public var noticeDelay = Duration.seconds(60)
  /// Bookings that this process works on at once; 16.
  public var concurrency = 16
  /// Longest sleep of a worker without being woken; 250 milliseconds.
  public var pollInterval = Duration.milliseconds(250)
  /// A planner that takes longer counts as `timeout`; 5 seconds.
  public var planningLimit = Duration.seconds(5)
  /// The same while a guest's new booking is not stored yet: what takes longer is stored first; 250 milliseconds.
  public var planningAtOnceLimit = Duration.milliseconds(250)
  /// Waits of the legacy loop; 5, 15 and 45 seconds.
  public var legacyWaits: [Duration] = [.seconds(5), .seconds(15), .seconds(45)]
  /// Storage or planner open for longer sends what starts soon to review; 5 minutes.
  public var breakerPatience = Duration.seconds(300)
  /// What "soon" is there; 2 hours.
  public var dueSoon = Duration.seconds(7200)
  /// Live holds a caller may have; 5.
  public var holdsPerCaller = 5
  public var shadow = ShadowSettings()
  /// How long things are kept that are deleted by age.
  public var retention = Retention()

  public init() {}
}

/// Business time (§11): decides `in_the_past`, lead times and review deadlines.
public protocol BusinessClock: Sendable {
  /// - Parameter booking: the booking that is decided; nil for everything else.
  func now(for booking: BookingID?) -> Timestamp
}

/// Business time is real time.
public struct LiveBusinessClock: BusinessClock {
  private let clock: any WallClock

  public init(clock: any WallClock) { self.clock = clock }

  public func now(for booking: BookingID?) -> Timestamp { clock.now() }
}
