public import AssignmentPipeline
public import AssignmentStore
public import BookingDomain
public import CoreMetrics
public import HeadwaiterAPI
public import Verification

/// What the HTTP edge reads; its only way to write is through the desks.
public typealias ServerStore = BookingReading & ClaimReading & DatabaseInspection & EventLog & FlagStore
  & IdempotencyStore & KeyStore & MaintenanceStore & NoticeStore & OutboxReading & QueryRunning & RestaurantReading

/// The metrics of a process, and who may see them.
public struct MetricsExport: Sendable {
  /// Whether a key of an observer's role is needed once keys are set up.
  public var needsKey: Bool
  /// Where the server's own metrics go.
  public var factory: any MetricsFactory
  public var contentType: String
  /// Everything, as text.
  public var exposition: @Sendable () async -> String

  public init(
    needsKey: Bool, factory: any MetricsFactory, contentType: String, exposition: @escaping @Sendable () async -> String
  ) {
    self.needsKey = needsKey
    self.factory = factory
    self.contentType = contentType
    self.exposition = exposition
  }
}

/// Everything that the server needs from outside.
public struct ServerDependencies: Sendable {
  public var store: any ServerStore
  public var bookings: any BookingDesk
  public var holds: any HoldDesk
  public var reviews: any ReviewDesk
  public var floors: any FloorDesk
  public var availability: any AvailabilityDesk
  public var progress: any BookingProgress
  public var optimizer: any OptimizerDesk
  public var breakers: any BreakerDesk
  public var flagDesk: any FlagDesk
  public var rolloutDesk: any RolloutDesk
  /// Writes the reports of a rollout's runs.
  public var verifier: RunVerifier
  /// The business clock: what `now` is on the floor.
  public var clock: any WallClock
  /// Real time: the age of idempotency keys; the business clock unless set.
  public var wallClock: any WallClock
  public var ids: any IDGenerator
  /// For requests that bring no trace, and for the span of each.
  public var traces: any TraceIDGenerator
  /// Tails the outbox; runs as a service of the application.
  public var live: LiveEvents
  public var version: String
  /// The effective configuration, for `/v1/admin/config`; never a secret.
  public var configuration: [ConfigurationEntry]
  /// How the demo that this process runs stands, as a JSON object; nil where it runs none.
  public var demo: (@Sendable () async -> WireValue?)?
  /// Why this process cannot do what it is there for, as far as it knows by itself; `/readyz` says so.
  public var obstacles: @Sendable () -> [String]
  /// What `/metrics` shows; nil does not serve it.
  public var metrics: MetricsExport?
  /// Whether only health and metrics are served, by a process that leaves the API to others.
  public var servesHealthOnly: Bool
  /// How long health and metrics wait for the store; 1 second unless set.
  public var patience = Duration.seconds(1)

  public init(
    store: any ServerStore, bookings: any BookingDesk, holds: any HoldDesk, reviews: any ReviewDesk,
    floors: any FloorDesk, availability: any AvailabilityDesk, progress: any BookingProgress,
    optimizer: any OptimizerDesk, breakers: any BreakerDesk, flagDesk: any FlagDesk, rolloutDesk: any RolloutDesk,
    verifier: RunVerifier,
    clock: any WallClock,
    ids: any IDGenerator, traces: any TraceIDGenerator, live: LiveEvents, version: String,
    configuration: [ConfigurationEntry] = [], demo: (@Sendable () async -> WireValue?)? = nil,
    wallClock: (any WallClock)? = nil, obstacles: @escaping @Sendable () -> [String] = { [] },
    servesHealthOnly: Bool = false
  ) {
    self.store = store
    self.bookings = bookings
    self.holds = holds
    self.reviews = reviews
    self.floors = floors
    self.availability = availability
    self.progress = progress
    self.optimizer = optimizer
    self.breakers = breakers
    self.flagDesk = flagDesk
    self.rolloutDesk = rolloutDesk
    self.verifier = verifier
    self.clock = clock
    self.wallClock = wallClock ?? clock
    self.ids = ids
    self.traces = traces
    self.live = live
    self.version = version
    self.configuration = configuration
    self.demo = demo
    self.obstacles = obstacles
    self.servesHealthOnly = servesHealthOnly
  }
}
