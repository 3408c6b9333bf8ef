import ArgumentParser

/// `headwaiter keys`: who may use the API.
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Create, list and revoke API keys.",
    discussion: "Once a key has been set up, the server asks every caller for one.",
    subcommands: [KeysCreate.self, KeysList.self, KeysRevoke.self])
}
