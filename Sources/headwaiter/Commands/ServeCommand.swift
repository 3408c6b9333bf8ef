import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import Foundation
import HeadwaiterAPI
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the service.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Run the service: the HTTP API, the console, and the pipeline's workers.",
    discussion: """
      Creates and migrates an empty database. Without an API key it listens on the loopback interface only and is open \
      there; `headwaiter keys create` sets one up. Flags come from the environment and from a .env file in this folder.
      """)

  @Option(help: ArgumentHelp("The port to listen on, 0 for a free one.", valueName: "port"))
  var port = 8080

  @Option(help: ArgumentHelp("The address to listen on; anything but loopback needs an API key.", valueName: "address"))
  var host = ServerAssembly.loopback

  @Option(
    help: ArgumentHelp(
      "The database, sqlite:PATH or postgresql://…; HEADWAITER_DATABASE unless given.", valueName: "url"))
  var database: String?

  @Option(
    help: ArgumentHelp(
      "What this process does beside others on the database: web serves the API, worker seats bookings, all does both.",
      valueName: "web|worker|all"))
  var role = ServeRole.all

  @Option(help: ArgumentHelp("Bookings that this process works on at once, 1 to 256.", valueName: "n"))
  var concurrency = PipelineSettings().concurrency

  @Option(help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"))
  var logLevel: String?

  @Option(
    help: ArgumentHelp(
      "Log lines for people, or a JSON object each; HEADWAITER_LOG_FORMAT unless given.", valueName: "text|json"))
  var logFormat: String?

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is \"\(port)\"; allowed: 0 to 65535") }
    guard (1...256).contains(concurrency) else {
      throw ValidationError("--concurrency is \"\(concurrency)\"; allowed: 1 to 256")
    }
  }

  func run() async throws {
    let environment = try await EnvironmentConfiguration.load(
      environment: ProcessInfo.processInfo.environment, file: ".env")
    guard
      let address = try database.map({ try DatabaseAddress($0).using(environment.postgres) })
        ?? environment.database
    else {
      throw ConfigurationProblem(
        place: "--database", value: "missing", allowed: "\(DatabaseAddress.allowed), here or in HEADWAITER_DATABASE")
    }
    let format = try logFormat.map { try EnvironmentConfiguration.logFormat($0, from: "--log-format") }
    let level = try logLevel.map { try EnvironmentConfiguration.logLevel($0, from: "--log-level") }
    let log = ServiceLog(level: level ?? environment.logLevel, format: format ?? environment.logFormat)
    try await log.reporting { try await start(address, environment, log) }
  }

  private func start(
    _ address: DatabaseAddress, _ environment: EnvironmentConfiguration, _ log: ServiceLog
  ) async throws {
    var options = HeadwaiterSystem.Options(
      database: address, flags: .effective(of: [environment.flags]), logger: log.logger)
    options.settings.concurrency = concurrency
    options.decidesAtOnce = environment.seatsAtOnce
    options.settings.retention = environment.retention
    options.instance = HeadwaiterSystem.Options.Instance(
      role: role.instance, version: ProgramVersion.text, flags: environment.flags, postgres: environment.postgres)
    options.metrics = environment.metrics
    if let faults = environment.faults { options.inject(try ProcessFaults(faults)) }
    let system = try await HeadwaiterSystem(options)
    defer { system.close() }
    try await system.join()
    let hasKeys = try await system.hasKeys()
    guard hasKeys || host == ServerAssembly.loopback || host == "::1" || host == "localhost" else {
      throw ConfigurationProblem(
        place: "--host", value: host, allowed: "loopback until an API key is set up (`headwaiter keys create`)")
    }
    try await serve(system, environment: environment, hasKeys: hasKeys, log: log)
  }

  private func serve(
    _ system: HeadwaiterSystem, environment: EnvironmentConfiguration, hasKeys: Bool, log: ServiceLog
  ) async throws {
    let flow = flow(system)
    let host = host
    let role = role
    var options = ServerAssembly.Options(
      host: host, port: port, version: ProgramVersion.text,
      configuration: entries(environment),
      onListening: { port in
        log.announce(
          "headwaiter \(ProgramVersion.text): http://\(host):\(port)/ "
            + (role == .all ? "" : "as \(role.rawValue) ") + "decides with \(flow), "
            + (hasKeys ? "API keys needed" : "open on loopback, no API key set up"))
      })
    options.servesHealthOnly = !role.instance.serves
    let assembly = ServerAssembly(system, options)
    var group = ServiceGroupConfiguration(
      services: assembly.services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log.logger)
    group.maximumGracefulShutdownDuration = .seconds(10)
    group.maximumCancellationDuration = .seconds(2)
    try await ServiceGroup(configuration: group).run()
  }

  /// In a word, for the line at the start.
  private func flow(_ system: HeadwaiterSystem) -> String {
    let flags = system.environment.flags()
    let percent = flags.rollout.percent
    return flags.pipelineV3 && percent < 100 ? "v3 for \(percent) % of the restaurants" : flags.flow.rawValue
  }

  /// What this instance was told. What the flags amount to, with all others, is another question.
  private func entries(_ environment: EnvironmentConfiguration) -> [ConfigurationEntry] {
    func entry(_ name: String, _ value: String, isSet: Bool) -> ConfigurationEntry {
      ConfigurationEntry(name: name, value: value, source: isSet ? "environment" : "default")
    }
    func flag(_ name: String, _ value: (some CustomStringConvertible)?) -> ConfigurationEntry {
      entry(name, value.map { "\($0)" } ?? "unset", isSet: value != nil)
    }
    return [
      ConfigurationEntry(name: "port", value: "\(port)", source: "command line"),
      ConfigurationEntry(name: "host", value: host, source: "command line"),
      ConfigurationEntry(name: "role", value: role.rawValue, source: "command line"),
      ConfigurationEntry(name: "concurrency", value: "\(concurrency)", source: "command line"),
      entry(
        MetricsSettings.accessName, environment.metrics.access.rawValue,
        isSet: environment.metrics.chosenAccess != nil),
      flag(FeatureFlags.v3Name, environment.flags.pipelineV3),
      flag(FeatureFlags.shadowName, environment.flags.shadow),
      flag(FeatureFlags.maxParallelName, environment.flags.maxParallel),
    ]
  }
}

/// What `--role` may be.
enum ServeRole: String, ExpressibleByArgument, CaseIterable {
  case web, worker, all

  var instance: InstanceRole {
    switch self {
    case .web: .web
    case .worker: .worker
    case .all: .all
    }
  }
}
