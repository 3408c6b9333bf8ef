import ArgumentParser

/// The command line of Headwaiter.
@main
struct Headwaiter: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "headwaiter",
    abstract: "Gives every restaurant booking its table.",
    discussion: """
      Exit codes: 0 all is well, 1 a finding, 2 bad usage or bad input, 3 critical.

      The database is --database sqlite:PATH, or HEADWAITER_DATABASE in the environment or in a .env file.
      """,
    version: ProgramVersion.text,
    subcommands: [
      ServeCommand.self, DemoCommand.self, ReplayCommand.self, PlanCommand.self, ImportCommand.self,
      MigrateCommand.self, KeysCommand.self, InstancesCommand.self, BreakersCommand.self, FlagsCommand.self,
      KillCommand.self, RolloutCommand.self, VerifyCommand.self, RehearseCommand.self, HealthCommand.self,
      ReviewCommand.self, OptimizeCommand.self, RegretCommand.self, EventsCommand.self, QueriesCommand.self,
      DoctorCommand.self,
      PruneCommand.self, DocsCommand.self,
    ])

  static func main() async {
    Console.survivesClosedPipes()
    do {
      try CommandNames.check(CommandLine.arguments, of: Headwaiter.self)
      var command = try parsed()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      ExitReport(error).end()
    }
  }

  private static func parsed() throws -> any ParsableCommand {
    do {
      return try parseAsRoot()
    } catch {
      let isRefused = exitCode(for: error) == .validationFailure
      throw isRefused ? CommandNames.unknownOption(CommandLine.arguments, of: Headwaiter.self) ?? error : error
    }
  }
}
