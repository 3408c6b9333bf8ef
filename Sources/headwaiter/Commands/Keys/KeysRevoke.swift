import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI

/// `headwaiter keys revoke`.
struct KeysRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Revoke an API key; running servers refuse it within a second.")

  @Argument(help: ArgumentHelp("The key's id, as `keys list` shows it.", valueName: "id")) var id: String
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let isNew = try await opened.store.revokeKey(id: id, at: SystemWallClock().now())
    let keys = try await opened.store.keys()
    guard let key = keys.first(where: { $0.id == id }) else {
      let hint = Spelling.closest(to: id, in: keys.map(\.id)).map { "; did you mean \($0)?" } ?? ""
      throw CommandProblem("there is no key \"\(ShownText.escaped(id))\"\(hint)")
    }
    if json { return try JSONOutput.print(OutputKey(key)) }
    try Console.write("\(key.name): \(isNew ? "revoked" : "was revoked before")\n")
  }
}
