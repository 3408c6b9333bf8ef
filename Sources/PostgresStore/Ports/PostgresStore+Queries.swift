public import AssignmentStore
import BookingDomain
import PostgresClient

extension PostgresStore: QueryRunning {
  public func run(_ query: ReadOnlyQuery) async throws(StoreError) -> QueryResult {
    let results = try await readOnly(
      [
        PostgresStatement(
          "SELECT set_config('statement_timeout', $1, true)", [.text("\(Int(query.timeout.inMilliseconds))")]),
        // As a value in the text: the planner must know how much of a table the window is.
        PostgresStatement(query.text),
      ], within: query.timeout)
    let result = results[1]
    let columns = (0..<result.columnCount).map(result.columnName)
    return QueryResult(columns: columns, rows: result.map { row in columns.indices.map { QueryValue(row.value($0)) } })
  }
}

extension ReadOnlyQuery {
  fileprivate var text: String {
    let text = postgresql.replacing(":'since'", with: "'\(window.wholeMicroseconds) microseconds'")
    return end.map { text.replacing("now()", with: PostgresStore.literal($0)) } ?? text
  }
}

extension QueryValue {
  fileprivate init(_ value: PostgresRow.Value) {
    switch value {
    case .null: self = .null
    case .text(let text): self = .text(text)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .bool(let value): self = .text(value ? "true" : "false")
    case .timestamp(let microseconds): self = .time(Timestamp(microseconds: microseconds))
    }
  }
}
