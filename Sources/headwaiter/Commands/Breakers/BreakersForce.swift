import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI
import Resilience

/// `headwaiter breakers open`.
struct BreakersOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Force a breaker open: what it guards is not called.",
    discussion: """
      With storage open, the API answers 503 and bookings wait. After 5 minutes, what starts within 2 hours goes to \
      manual review.
      """)

  @OptionGroup var choice: BreakerChoice

  func run() async throws {
    try await choice.decide("is forced open") { desk, name, reason in
      try await desk.force(name, .open, reason: reason, .commandLine)
    }
  }
}

/// `headwaiter breakers close`.
struct BreakersClose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Force a breaker closed: what it guards is called, whatever fails.")

  @OptionGroup var choice: BreakerChoice

  func run() async throws {
    try await choice.decide("is forced closed") { desk, name, reason in
      try await desk.force(name, .closed, reason: reason, .commandLine)
    }
  }
}

/// `headwaiter breakers auto`.
struct BreakersAuto: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auto", abstract: "Let go of a forced breaker: it goes by itself again.")

  @OptionGroup var choice: BreakerChoice

  func run() async throws {
    try await choice.decide("goes by itself again") { desk, name, reason in
      try await desk.release(name, reason: reason, .commandLine)
    }
  }
}

/// What the commands that change one breaker share.
struct BreakerChoice: ParsableArguments {
  @Argument(help: ArgumentHelp("\(BreakerBoard.Dependency.allowed).", valueName: "name")) var name: String
  @Option(help: ArgumentHelp("Why; recorded and shown, 1 to 200 characters.", valueName: "text")) var reason: String
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard BreakerBoard.Dependency(name) != nil else {
      throw ValidationError("\"\(ShownText.escaped(name))\" is no breaker; allowed: \(BreakerBoard.Dependency.allowed)")
    }
  }

  /// Decides and shows the breaker as it is then.
  /// - Throws: `DeskError`, ``CommandProblem``.
  func decide(
    _ what: String, _ change: (LiveBreakerDesk, String, String) async throws -> BreakerStatus
  ) async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let status = try await change(system.desks.breakers, name, reason)
    if json {
      let forced = status.forced.map(BreakerBody.init)
      return try JSONOutput.print(
        forced
          ?? BreakerBody(name: status.name, position: status.position.rawValue, openSeconds: nil, forced: nil))
    }
    try Console.write("\(status.name) \(what), on all instances within a second\n")
  }
}
