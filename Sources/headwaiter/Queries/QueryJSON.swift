import AssignmentStore
import BookingDomain
import QueryCatalogue

/// A query's result for programs: `{"query": …, "rows": [{column: value, …}, …]}`.
enum QueryJSON {
  static func text(_ result: QueryResult, of entry: CatalogueEntry) -> String {
    let rows = result.rows.map { row in
      JSONTree.members(zip(result.columns, row).map { ($0, tree($1)) })
    }
    let all = JSONTree.members([("query", .string(entry.name)), ("rows", JSONTree(.array(rows)))])
    return String(decoding: JSONWriter.write(all), as: UTF8.self)
  }

  private static func tree(_ value: QueryValue) -> JSONTree {
    switch value {
    case .null: JSONTree(.null)
    case .text(let text): .string(text)
    case .int(let number): .number(Int(number))
    case .double(let number): number.isFinite ? JSONTree(.number("\(number)")) : JSONTree(.null)
    case .time(let time): .string(time.description)
    }
  }
}
