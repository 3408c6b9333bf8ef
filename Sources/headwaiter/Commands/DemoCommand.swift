import ArgumentParser
import AssignmentPipeline
import BookingDomain
import Bootstrap
import Foundation
import Logging
import Resilience
import ServiceLifecycle
import UnixSignals

/// Shows a real Friday being seated.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Seat a Friday of made-up demand at a real pub, watched on a page with its floor.",
    discussion: """
      Runs on a database in a temporary folder, on loopback, open. Prints the page's address, and a summary when the \
      evening has been seated; then serves until it is stopped, so that you can look around and book by curl.
      """)

  @Option(help: ArgumentHelp("Who decides.", valueName: "v3|legacy")) var flow: DemoFlow = .v3
  @Option(help: ArgumentHelp("The page's port, 0 for a free one.", valueName: "port")) var port = 8080
  @Option(help: ArgumentHelp("Bookings in the evening, 1 to 2000.", valueName: "n")) var bookings = 140
  @Option(help: ArgumentHelp("The same seed makes the same evening.", valueName: "n")) var seed: UInt64 = 1
  @Option(help: ArgumentHelp("How long the bookings take to come in.", valueName: "seconds")) var duration = 30.0
  @Flag(help: "End after the summary.") var exit = false

  func validate() throws {
    guard (1...2_000).contains(bookings) else {
      throw ValidationError("--bookings is \"\(bookings)\"; allowed: 1 to 2000")
    }
    guard (0...3_600).contains(duration) else {
      throw ValidationError("--duration is \"\(duration)\"; allowed: 0 to 3600 seconds")
    }
    guard (0...65_535).contains(port) else { throw ValidationError("--port is \"\(port)\"; allowed: 0 to 65535") }
  }

  func run() async throws {
    let clock = SystemWallClock()
    let calendar = try DemoScript.whiteHorse().calendar
    let script = try DemoScript(after: calendar.local(clock.now()).date, bookings: bookings, seed: seed)
    let folder = try TemporaryDatabase()
    let restaurants = [script.restaurant.id: script.restaurant]
    var options = HeadwaiterSystem.Options(
      database: folder.address, flags: FeatureFlags(pipelineV3: flow == .v3),
      logger: CommandLineLog.logger(level: .error))
    options.metrics = MetricsSettings()
    options.businessClock = FileBusinessClock(rows: script.rows, restaurants: restaurants)
    let system = try await HeadwaiterSystem(options)
    defer { system.close() }
    let progress = DemoProgress(script: script, flow: flow.rawValue)
    let assembly = ServerAssembly(
      system,
      ServerAssembly.Options(
        port: port, version: ProgramVersion.text, demo: { progress.document },
        onListening: { port in DemoText.announce(script, port: port) }))
    let show = DemoShow(
      system: system, script: script, progress: progress, pause: .seconds(duration / Double(max(1, bookings))))
    try await run(assembly.services + [show], ending: exit, logger: options.logger)
    if let report = show.report, !report.isSound { throw ExitCode(.finding) }
  }

  private func run(_ services: [any Service], ending: Bool, logger: Logger) async throws {
    var configured = services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
    if ending, let show = services.last {
      configured[configured.count - 1] = .init(service: show, successTerminationBehavior: .gracefullyShutdownGroup)
    } else if let show = services.last {
      configured[configured.count - 1] = .init(service: show, successTerminationBehavior: .ignore)
    }
    var group = ServiceGroupConfiguration(
      services: configured, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(5)
    group.maximumCancellationDuration = .seconds(1)
    try await ServiceGroup(configuration: group).run()
  }
}

/// What `demo --flow` may be.
enum DemoFlow: String, ExpressibleByArgument, CaseIterable {
  case v3, legacy
}

/// The demo's evening: made while the server runs.
final class DemoShow: Service {
  private let system: HeadwaiterSystem
  private let script: DemoScript
  private let progress: DemoProgress
  private let pause: Duration
  private let outcome = Locked<ReplayReport?>(nil)

  init(system: HeadwaiterSystem, script: DemoScript, progress: DemoProgress, pause: Duration) {
    self.system = system
    self.script = script
    self.progress = progress
    self.pause = pause
  }

  /// The result once there is one.
  var report: ReplayReport? { outcome.withLock { $0 } }

  func run() async throws {
    let runner = ReplayRunner(system: system, concurrency: 15, pause: pause, runsServices: false)
    let made = ReplayProgress()
    let result = await ProgressLine.during(saying: made.text) { await seat(runner, made) }
    guard let result else { return }
    outcome.withLock { $0 = result }
    progress.end(with: result)
    try Console.write(DemoText.summary(result, script: script))
  }

  /// Nil when it is stopped before its end.
  private func seat(_ runner: ReplayRunner, _ made: ReplayProgress) async -> ReplayReport? {
    await cancelWhenGracefulShutdown { [script, progress] in
      try? await runner.run(script.rows, restaurants: [script.restaurant.id: script.restaurant]) { state in
        progress.advance(to: state.created)
        made.set(state)
      }
    }
  }
}
