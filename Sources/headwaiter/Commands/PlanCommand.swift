import ArgumentParser
import BookingDomain
import Bootstrap
import SeatingEngine

/// `headwaiter plan`: seats one day's bookings without a database, or replays a stored decision.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Seat one day's bookings without a database.",
    discussion: """
      Rows are guests' bookings, decided at their created_at, else at noon of the day before the first one. \
      Prints a table for people; --output and --json give \
      {"assignments": {booking: [table, …]}, "unseated": {booking: reason}, "summary": {…}}.
      """)

  @Option(help: ArgumentHelp("The restaurant's file.", valueName: "file"))
  var restaurant: String?

  @Option(help: ArgumentHelp("The bookings: CSV, one restaurant, one day.", valueName: "file"))
  var bookings: String?

  @Option(
    help: """
      online: in file order, each decided on what came before; reseat: the same, but those accepted may change tables \
      for those after them; day: all known at once, most bookings, then most covers, then least spare seats; legacy: \
      online by the older best fit.
      """)
  var mode = PlanMode.online

  @Option(
    help: ArgumentHelp(
      """
      Longest search of --mode day (or reseat); Ctrl-C ends it early with the best plan so far. \
      (default: 0.2, 1, 2, 10 for up to 18, 50, 120, more tables; reseat: none)
      """, valueName: "seconds"))
  var timeLimit: Double?

  @Option(
    help: ArgumentHelp("For --mode day and reseat: the same seed and threads give the same plan.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Searches of --mode day side by side, of which the best counts. (default: 2)", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Write the plan as JSON, whole or not at all.", valueName: "file"))
  var output: String?

  @Flag(help: "Plan without opening hours, service periods, interval and pacing.")
  var ignoreHours = false

  @Flag(help: "Print the plan as JSON.")
  var json = false

  @Option(help: ArgumentHelp("Say why this booking has its tables, in place of the table.", valueName: "booking"))
  var explain: String?

  @Option(help: ArgumentHelp("Replay a stored decision to the same answer, and explain it.", valueName: "id"))
  var decision: String?

  @OptionGroup(title: "Options of --decision") var database: DatabaseOptions

  func run() async throws {
    if let decision { return try await replay(decision) }
    try check()
    let search = try PlanSearch(seed: seed, threads: threads, timeLimit: timeLimit)
    let day = try readDay()
    let planned = await ProgressLine.during(saying: "planning \(day.entries.count) bookings …") {
      PlannedDay(day, mode: mode, search: search, recording: explain != nil)
    }
    let explanation = try explain.map { try PlanExplanation(of: $0, in: planned) }
    try show(planned, explanation)
  }

  /// What the parser cannot know; checked after it, so that a misspelt option is named first.
  private func check() throws(CommandProblem) {
    if restaurant == nil { throw CommandProblem("plan: --restaurant FILE is missing") }
    if bookings == nil { throw CommandProblem("plan: --bookings FILE is missing") }
    if explain != nil, mode != .online {
      throw CommandProblem("--explain needs --mode online: only there each booking is decided by itself, with a record")
    }
  }

  private func readDay() throws -> PlanningDay {
    let restaurant = try RestaurantInput(path: restaurant ?? "").restaurant
    let path = ShownText.escaped(bookings ?? "")
    let rows = try BookingsFile.decode(
      InputFile.read(bookings ?? ""), source: path, restaurants: [restaurant.id: restaurant])
    if restaurant.openingHours.isEmpty && !ignoreHours {
      Console.note("note: the restaurant has no opening_hours, so that it is never open; --ignore-hours plans without")
    }
    return try PlanningDay(
      floor: CompiledFloor(restaurant: restaurant), rows: rows, source: path, ignoringHours: ignoreHours)
  }

  private func show(_ planned: PlannedDay, _ explanation: PlanExplanation?) throws {
    let document = PlanJSON(planned: planned)
    if let output { try OutputFile.write(document.bytes(), to: output) }
    if json {
      try Console.write(document.bytes(explanation: explanation))
    } else if let explanation {
      try Console.write(explanation.text + "\n")
    } else if output != nil {
      try Console.write(PlanTable(planned: planned).summary + "\n")
    } else {
      try Console.write(PlanTable(planned: planned).text())
    }
  }

  private func replay(_ id: String) async throws {
    guard restaurant == nil, bookings == nil, output == nil, explain == nil else {
      throw CommandProblem("--decision goes without --restaurant, --bookings, --output and --explain")
    }
    let opened = try await database.open()
    defer { opened.close() }
    let replay = try await DecisionReplay(of: id, in: opened.store)
    if json { try Console.write(replay.json) } else { try Console.write(replay.text) }
    if replay.isReproduced != true { throw ExitCode(.finding) }
  }
}
