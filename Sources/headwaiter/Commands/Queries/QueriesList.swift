import ArgumentParser
import QueryCatalogue

/// `headwaiter queries list`.
struct QueriesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the queries with the questions that they answer.")

  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    if json {
      return try JSONOutput.print(OutputQueries(queries: QueryCatalogue.entries.map(OutputQueries.Query.init)))
    }
    var table = TableText(.text("number"), .text("name"), .flexible("question"))
    for entry in QueryCatalogue.entries { table.add(entry.number ?? "", entry.slug, entry.question) }
    try Console.write(table.render())
  }
}

/// The list for programs.
private struct OutputQueries: Encodable {
  struct Query: Encodable {
    var name: String
    var number: String?
    var kind: String
    var question: String

    init(_ entry: CatalogueEntry) {
      name = entry.name
      number = entry.number
      kind = entry.kind.rawValue
      question = entry.question
    }
  }

  var queries: [Query]
}
