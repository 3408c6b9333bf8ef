import ArgumentParser

/// `headwaiter review`: the bookings that need a person.
struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Show the bookings that need a person, and decide about them.",
    discussion:
      "Without a subcommand: the queue, most urgent first, with tables that are free or could be, and other times.",
    subcommands: [
      ReviewList.self, ReviewRequeue.self, ReviewForceConfirm.self, ReviewDecline.self, ReviewKeep.self,
      ReviewUndo.self,
    ],
    defaultSubcommand: ReviewList.self)
}
