import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI

/// `headwaiter keys list`.
struct KeysList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the API keys, revoked ones too.")

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let keys = try await opened.store.keys().sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    if json { return try JSONOutput.print(["keys": keys.map { OutputKey($0) }]) }
    if keys.isEmpty {
      return try Console.write("There is no key: the server is open, and listens on the loopback interface only.\n")
    }
    var table = TableText(
      .text("id"), .flexible("name"), .text("role"), .flexible("restaurants"), .text("created"), .text("revoked"))
    for key in keys {
      table.add(
        key.id, key.name, key.role.rawValue, KeyText.restaurants(key), TimeText.minute(key.createdAt),
        key.revokedAt.map(TimeText.minute) ?? "")
    }
    try Console.write(table.render())
  }
}

/// What is said of keys in several places.
enum KeyText {
  static func restaurants(_ key: APIKeyRecord) -> String {
    key.restaurants.isEmpty ? "all restaurants" : key.restaurants.map(\.rawValue).joined(separator: ", ")
  }
}

extension OutputKey {
  /// - Parameter secret: only for a key that was just made.
  init(_ record: APIKeyRecord, secret: String? = nil) {
    self.init(
      id: record.id, name: record.name, role: record.role, restaurants: record.restaurants.map(\.rawValue),
      createdAt: record.createdAt.description, revokedAt: record.revokedAt?.description, secret: secret)
  }
}
