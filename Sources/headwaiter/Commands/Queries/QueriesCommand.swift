import ArgumentParser
import BookingDomain
import QueryCatalogue

/// `headwaiter queries`: the catalogue of SQL queries.
struct QueriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queries", abstract: "List, show and run the catalogue of SQL queries.",
    discussion: """
      The same queries are in the folder queries/ as files for psql. They only read. A query is named by its number, or by \
      what it is about: 10, latency and 10-latency are the same.
      """,
    subcommands: [QueriesList.self, QueriesShow.self, QueriesRun.self], defaultSubcommand: QueriesList.self)
}

/// A query of the catalogue, as an argument.
struct QueryName: ExpressibleByArgument {
  let text: String

  init(argument: String) { text = argument }

  /// - Throws: ``CommandProblem`` with a suggestion if there is none of that name.
  func entry() throws(CommandProblem) -> CatalogueEntry {
    if let entry = QueryCatalogue.find(text) { return entry }
    let hint = Spelling.closest(to: text, in: QueryCatalogue.names).map { "; did you mean '\($0)'" } ?? ""
    throw CommandProblem(
      "there is no query '\(ShownText.escaped(text))'\(hint). `headwaiter queries list` shows them all.")
  }
}
