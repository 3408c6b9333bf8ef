import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import Rollout

/// `headwaiter rollout`: from legacy to V3, phase by phase.
struct RolloutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout", abstract: "Move restaurants from legacy to V3, phase by phase, each step gated.",
    discussion: """
      Without a subcommand: status. A rollout goes through the phases of its plan; `advance` enters the next one once every \
      criterion passes, the run is signed off, and no live instance's environment says false. It sets the flags and the \
      share by itself. In phases with automatic rollback every instance watches, and acts within seconds.

      With --key or HEADWAITER_KEY a command acts in the name and role of that API key; without, as an operator of the \
      machine, who may do all but sign off. Reference: docs/rollout.md.
      """,
    subcommands: [
      RolloutStatusCommand.self, RolloutPlanCommand.self, RolloutAdvance.self, RolloutHold.self, RolloutResume.self,
      RolloutAbort.self, RolloutForce.self, RolloutSignOff.self, RolloutIncident.self, RolloutKnownIssue.self,
      RolloutDrill.self, RolloutHistory.self,
    ],
    defaultSubcommand: RolloutStatusCommand.self)
}

/// `headwaiter rollout status`.
struct RolloutStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the phase, every criterion, what is missing, and what to do next.",
    discussion: """
      Exits 0 while all is well, also when there is not enough data yet; 1 when a criterion fails, the phase holds, or flags \
      are not as the phase wants them; 3 when a rule has rolled back, or the kill switch is on.
      """)

  @OptionGroup var options: RolloutOptions

  func run() async throws {
    try await options.report { desk, caller in try await desk.report(caller) }
  }
}

/// `headwaiter rollout plan`.
struct RolloutPlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show the plan in force as a file, check one, or put one in force.",
    discussion: """
      --check FILE reads a plan and says what is wrong with it. --set FILE puts it in force in the middle of a rollout, which \
      is recorded with the reason; it must have the phase in which the rollout is.
      """)

  @Option(help: ArgumentHelp("A plan to check; no database is needed.", valueName: "file")) var check: String?
  @Option(help: ArgumentHelp("A plan to put in force.", valueName: "file")) var set: String?
  @Option(help: ArgumentHelp("Why, 1 to 200 characters; needed with --set.", valueName: "text")) var reason: String?
  @OptionGroup var options: RolloutOptions

  func run() async throws {
    if let check { return try RolloutPlanText.print(try RolloutPlanText.read(check), json: options.json) }
    guard let set else { return try await show() }
    guard let reason else { throw CommandProblem("--set needs --reason") }
    let plan = try RolloutPlanText.read(set)
    try await options.change("the plan of \(set) is in force") { desk, request in
      try await desk.replacePlan(plan, reason: reason, request)
    }
  }

  private func show() async throws {
    let system = try await options.database.openSystem()
    defer { system.close() }
    let stored = try await system.desks.rollout.stored(try await options.caller(system))
    try RolloutPlanText.print(stored.plan ?? .standard, json: options.json)
  }
}

/// `headwaiter rollout history`.
struct RolloutHistory: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show what happened: runs, gates, sign-offs, incidents, rollbacks, drills.")

  @Option(help: ArgumentHelp("At most so many, the last ones.", valueName: "count")) var limit = 100
  @OptionGroup var options: RolloutOptions

  func validate() throws {
    guard (1...1_000).contains(limit) else { throw ValidationError("--limit is 1 to 1000") }
  }

  func run() async throws {
    let system = try await options.database.openSystem()
    defer { system.close() }
    let caller = try await options.caller(system)
    try RolloutHistoryText.print(try await system.desks.rollout.history(limit: limit, caller), json: options.json)
  }
}
