import ArgumentParser

/// Commands that are not there yet: listed, and honest about it when they are called.
enum LaterCommands {
  static let all: [any ParsableCommand.Type] = [
    OptimizeCommand.self
  ]
}

/// A command that says what it will do, and exits 2.
protocol LaterCommand: ParsableCommand {
  static var name: String { get }
  /// Completes "will …".
  static var purpose: String { get }
}

extension LaterCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: name, abstract: "Will \(purpose).", discussion: "This command comes later; calling it exits 2.")
  }

  func run() throws {
    throw CommandProblem("headwaiter \(Self.name): not there yet; it will \(Self.purpose)")
  }
}

struct OptimizeCommand: LaterCommand {
  static let name = "optimize"
  static let purpose = "re-seat a restaurant's day so that more bookings fit"
  @Argument(parsing: .allUnrecognized, help: .hidden) var arguments: [String] = []
}
