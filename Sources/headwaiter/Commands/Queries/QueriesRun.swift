import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap
import QueryCatalogue

/// `headwaiter queries run`.
struct QueriesRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a query on the database and show what it finds.",
    discussion: """
      Times are in UTC. Exit code 1: an alert fires, or the health check says WARNING; 3: it says CRITICAL.
      """)

  @Argument(help: ArgumentHelp("Its number or name.", valueName: "name")) var name: QueryName

  @Option(help: ArgumentHelp("How far back: an age such as 30m, 24h, 7d, or a time (RFC 3339).", valueName: "time"))
  var since = SinceTime.age(CatalogueEntry.defaultWindow)

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Print CSV (RFC 4180).") var csv = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv exclude each other") }
  }

  func run() async throws {
    let entry = try name.entry()
    let now = SystemWallClock().now()
    let window = now.since(since.timestamp(now: now))
    guard window > .zero else {
      throw CommandProblem("--since lies in the future; allowed: an age, or a time before now")
    }
    let opened = try await database.open()
    defer { opened.close() }
    if entry.kind == .export && csv { return try await QueryExport(entry, in: opened.store).write(now, window) }
    let result = try await ProgressLine.during(saying: "asking the database …") {
      try await opened.store.run(entry.query(window: window))
    }
    try Console.write(text(result, entry))
    if let status = QueryFinding.status(of: result) { throw ExitCode(status) }
  }

  private func text(_ result: QueryResult, _ entry: CatalogueEntry) -> String {
    if json { return QueryJSON.text(result, of: entry) }
    if csv { return QueryCSV.text(result) }
    return QueryTable.text(result)
  }
}

/// What a result means for the exit code.
enum QueryFinding {
  /// Nil if all is well, or if the query judges nothing.
  static func status(of result: QueryResult) -> ExitStatus? {
    if result.values(of: "alert")?.contains(.text("FIRING")) == true { return .finding }
    switch result.values(of: "verdict")?.first {
    case .text("CRITICAL"): return .critical
    case .text("WARNING"): return .finding
    default: return nil
    }
  }
}
