import AssignmentPipeline
import BookingDomain
public import HeadwaiterAPI
import HeadwaiterServer
import Hummingbird
public import ServiceLifecycle
import Verification

/// The HTTP server on a system: the services to run, in the order in which they start.
public struct ServerAssembly {
  /// Where and as what to serve.
  public struct Options: Sendable {
    /// Loopback unless a key is set up.
    public var host: String
    /// 0 takes a free port.
    public var port: Int
    public var version: String
    public var configuration: [ConfigurationEntry]
    /// How a demo stands; nil where none runs.
    public var demo: (@Sendable () async -> WireValue?)?
    /// For a process that leaves the API to others.
    public var servesHealthOnly = false
    /// Called once, with the port that was bound.
    public var onListening: @Sendable (Int) async -> Void

    public init(
      host: String = ServerAssembly.loopback, port: Int, version: String, configuration: [ConfigurationEntry] = [],
      demo: (@Sendable () async -> WireValue?)? = nil, onListening: @escaping @Sendable (Int) async -> Void
    ) {
      self.host = host
      self.port = port
      self.version = version
      self.configuration = configuration
      self.demo = demo
      self.onListening = onListening
    }
  }

  public static let loopback = "127.0.0.1"

  /// The system's background work, and last the server, so that it is the first to stop: no request is cut, and what it
  /// has accepted is still worked on.
  public let services: [any Service]

  public init(_ system: HeadwaiterSystem, _ options: Options) {
    let environment = system.environment
    let readiness = Readiness(environment: environment, instances: system.instances)
    let live = LiveEvents(store: system.store, signal: environment.outboxSignal)
    var dependencies = ServerDependencies(
      store: system.store, bookings: system.desks.bookings, holds: system.desks.holds, reviews: system.desks.review,
      floors: system.desks.floor, availability: system.desks.availability, progress: system.desks.progress,
      optimizer: system.desks.optimizer, breakers: system.desks.breakers,
      flagDesk: system.instances == nil
        ? LiveFlagDesk(environment: environment, fixed: environment.flags()) : system.desks.flags,
      rolloutDesk: system.desks.rollout, verifier: RunVerifier(system.store),
      clock: BusinessWallClock(clock: environment.businessClock), ids: environment.ids,
      traces: environment.traces, live: live, version: options.version,
      configuration: options.configuration, demo: options.demo, wallClock: environment.clock,
      obstacles: { readiness.obstacles }, servesHealthOnly: options.servesHealthOnly)
    dependencies.metrics = system.metrics?.export(live)
    let onListening = options.onListening
    let application = buildApplication(
      dependencies,
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port), serverName: "headwaiter"),
      onServerRunning: { port in await onListening(port ?? options.port) },
      logger: environment.logger)
    services = system.services + [application]
  }
}

/// Business time as the server's `now`.
private struct BusinessWallClock: WallClock {
  let clock: any BusinessClock

  func now() -> Timestamp { clock.now(for: nil) }
}

extension HeadwaiterSystem {
  /// Whether an API key was ever set up; then the server may leave the loopback interface.
  public func hasKeys() async throws -> Bool { try await KeyIssuer.hasKeys(in: store) }
}
