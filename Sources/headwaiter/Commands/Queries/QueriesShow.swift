import ArgumentParser
import QueryCatalogue

/// `headwaiter queries show`.
struct QueriesShow: AsyncParsableCommand {
  /// In whose words.
  enum Dialect: String, ExpressibleByArgument, CaseIterable {
    case postgresql, sqlite
  }

  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a query: what it is for, what to do about what it finds, and its SQL.")

  @Argument(help: ArgumentHelp("Its number or name.", valueName: "name")) var name: QueryName
  @Option(help: "For which database: postgresql, as for psql, or sqlite.") var dialect = Dialect.postgresql

  func run() async throws {
    let entry = try name.entry()
    try Console.write(dialect == .postgresql ? entry.postgresqlFile : entry.sqliteFile)
  }
}
