import ArgumentParser
import Bootstrap

/// `headwaiter migrate`: brings a database up to this program.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Create a database, or bring one up to this program.",
    discussion: "What is missing is applied in one transaction; a database that lacks nothing stays as it is.")

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Only show what would be applied.") var dryRun = false
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let address = try await database.address()
    let steps = dryRun ? try await pending(address) : try await apply(address)
    if json {
      try JSONOutput.print(Result(applied: !dryRun, migrations: steps.map { .init(number: $0.number, name: $0.name) }))
      return
    }
    if steps.isEmpty { try Console.write("The database is up to date.\n") }
    for step in steps {
      try Console.write("\(dryRun ? "would apply" : "applied") \(step.number) \(step.name)\n")
    }
  }

  private func apply(_ address: DatabaseAddress) async throws -> [OpenDatabase.MigrationName] {
    let opened = try await OpenDatabase(address, migrate: false)
    defer { opened.close() }
    return try await opened.migrate()
  }

  /// For a database that is not there, all that an empty one lacks; nothing is made but a file in a temporary folder.
  private func pending(_ address: DatabaseAddress) async throws -> [OpenDatabase.MigrationName] {
    let folder = try TemporaryDatabase()
    let opened: OpenDatabase
    do {
      opened = try await OpenDatabase.existing(address, migrate: false)
    } catch is ConfigurationProblem {
      opened = try await OpenDatabase(folder.address, migrate: false)
    }
    defer { opened.close() }
    return try await opened.pendingMigrations()
  }

  private struct Result: Encodable {
    struct Step: Encodable {
      var number: Int
      var name: String
    }

    var applied: Bool
    var migrations: [Step]
  }
}
