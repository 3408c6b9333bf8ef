import ArgumentParser
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI
import HeadwaiterServer

/// `headwaiter keys create`.
struct KeysCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create an API key. Its secret is shown once and stored as a hash.")

  @Option(help: ArgumentHelp("Recorded with every write of the key, 1 to 100 characters.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("\(Role.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "role"))
  var role: RoleChoice

  @Option(help: ArgumentHelp("A restaurant that it may see, once for each; all unless given.", valueName: "id"))
  var restaurant: [String] = []

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (1...100).contains(name.unicodeScalars.count), name == ShownText.escaped(name),
      name.first != " ", name.last != " "
    else {
      throw ValidationError(
        "--name is \"\(ShownText.escaped(String(name.prefix(80))))\"; "
          + "allowed: 1 to 100 characters, no control characters, no space at the ends")
    }
  }

  func run() async throws {
    let opened = try await database.open()
    defer { opened.close() }
    let restaurants = try await known(restaurant, in: opened.store)
    var generator = SystemRandomNumberGenerator()
    let (secret, record) = KeyIssuer.issue(
      id: TimeOrderedIDs().next(), name: name, role: role.role, restaurants: restaurants,
      at: SystemWallClock().now(), using: &generator)
    try await opened.store.createKey(record)
    if json { return try JSONOutput.print(OutputKey(record, secret: secret)) }
    try Console.write(
      """
      Key \(record.id) for \(record.name), role \(record.role.rawValue), \(KeyText.restaurants(record)).
      The secret, which is shown only now; callers send it as `Authorization: Bearer SECRET`:

      \(secret)

      """)
  }

  /// - Throws: ``CommandProblem`` with a line for each restaurant that is not there.
  private func known(_ ids: [String], in store: any RestaurantReading) async throws -> [RestaurantID] {
    var lines: [String] = []
    for id in ids where try await store.restaurantRevision(RestaurantID(id)) == nil {
      let names = try await store.restaurants(after: nil, limit: 1_000).map(\.restaurant.id.rawValue)
      let hint = Spelling.closest(to: id, in: names).map { "; did you mean \($0)?" } ?? ""
      lines.append("--restaurant is \"\(ShownText.escaped(id))\"; allowed: a restaurant of the database\(hint)")
    }
    guard lines.isEmpty else { throw CommandProblem(lines: lines) }
    return Set(ids).sorted().map(RestaurantID.init(rawValue:))
  }
}

/// A role by its name; one that is misspelt is answered with the nearest.
struct RoleChoice: ExpressibleByArgument {
  let role: Role

  init?(argument: String) {
    guard let role = Role(rawValue: argument) else { return nil }
    self.role = role
  }

  static var allValueStrings: [String] { Role.allCases.map(\.rawValue) }
}
