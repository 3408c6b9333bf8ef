import ArgumentParser

/// `headwaiter instances`: the processes that share a database.
struct InstancesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instances", abstract: "List the instances on a database, and drain one before it is stopped.",
    subcommands: [InstancesList.self, InstancesDrain.self, InstancesResume.self], defaultSubcommand: InstancesList.self)
}
