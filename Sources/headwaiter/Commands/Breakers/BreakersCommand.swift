import ArgumentParser

/// `headwaiter breakers`: circuit breakers that people force.
struct BreakersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "breakers", abstract: "Show which circuit breakers are forced, and force them for all instances.",
    discussion: """
      A breaker guards storage, a restaurant's planner or a notifier; it is called storage, engine:RESTAURANT or \
      notifier:NAME. It opens by itself when its calls fail, and closes when they succeed again. Forced, it stays where it \
      is put on all instances, within a second, until `auto` lets it go.
      """,
    subcommands: [BreakersList.self, BreakersOpen.self, BreakersClose.self, BreakersAuto.self],
    defaultSubcommand: BreakersList.self)
}
