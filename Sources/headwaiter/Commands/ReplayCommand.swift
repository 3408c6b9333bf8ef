import ArgumentParser
import AssignmentPipeline
import BookingDomain
import Bootstrap
import Foundation
import Logging

/// Sends a bookings file through the real pipeline.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Send a bookings file through the real pipeline and report outcomes, latencies and invariants.",
    discussion: """
      Runs on a database of its own in a temporary folder unless one is named. Exit code 0: every booking ended and no \
      invariant broke; 1: one did not.
      """)

  @Option(help: ArgumentHelp("A restaurant file; may be given several times.", valueName: "file"))
  var restaurant: [String]

  @Option(help: ArgumentHelp("The bookings file (CSV).", valueName: "file"))
  var bookings: String

  @Option(
    help: ArgumentHelp(
      "Who decides: v3, legacy, or legacy with V3 in shadow. Replaces the flags for this run.",
      valueName: "v3|legacy|shadow"))
  var flow: ReplayFlow = .v3

  @Option(help: ArgumentHelp("Bookings sent at once, 1 to 1000.", valueName: "n"))
  var concurrency = 15

  @Option(help: ArgumentHelp("Bookings of one restaurant in progress at once, 1 to 20.", valueName: "n"))
  var maxParallel = FeatureFlags.defaultMaxParallel

  @Option(
    help: ArgumentHelp("The database, sqlite:PATH or postgresql://…; a temporary one unless set.", valueName: "url"))
  var database: String?

  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (1...1_000).contains(concurrency) else {
      throw ValidationError("--concurrency is \"\(concurrency)\"; allowed: 1 to 1000")
    }
    guard (1...20).contains(maxParallel) else {
      throw ValidationError("--max-parallel is \"\(maxParallel)\"; allowed: 1 to 20")
    }
    guard !restaurant.isEmpty else { throw ValidationError("--restaurant is missing; name at least one file") }
  }

  func run() async throws {
    let inputs = try RestaurantInputs.read(restaurant)
    let restaurants = inputs.reduce(into: [:]) { $0[$1.restaurant.id] = $1.restaurant }
    let rows = try BookingsInput.read(bookings, restaurants: restaurants)
    let folder = try TemporaryDatabase()
    var options = HeadwaiterSystem.Options(
      database: try database.map { try DatabaseAddress($0) } ?? folder.address,
      flags: FeatureFlags(pipelineV3: flow == .v3, shadow: flow == .shadow, maxParallel: maxParallel),
      logger: CommandLineLog.logger(level: .error))
    options.businessClock = FileBusinessClock(rows: rows, restaurants: restaurants)
    let system = try await HeadwaiterSystem(options)
    defer { system.close() }
    let progress = ReplayProgress()
    let runner = ReplayRunner(system: system, concurrency: concurrency)
    let report = try await ProgressLine.during(saying: progress.text) {
      try await runner.run(rows, restaurants: restaurants) { progress.set($0) }
    }
    try Console.write(json ? ReplayText.json(report) : ReplayText.table(report))
    if !report.isSound { throw ExitCode(.finding) }
  }
}

/// What `--flow` may be.
enum ReplayFlow: String, ExpressibleByArgument, CaseIterable {
  case v3, legacy
  /// Legacy decides, V3 looks on.
  case shadow
}
