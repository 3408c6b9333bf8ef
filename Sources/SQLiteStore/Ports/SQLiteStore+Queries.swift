public import AssignmentStore
import BookingDomain
import GRDB

extension SQLiteStore: QueryRunning {
  public func run(_ query: ReadOnlyQuery) async throws(StoreError) -> QueryResult {
    let now = query.end ?? clock.now()
    let window = now.adding(.zero - query.window)
    let pool = pool
    // Readers' connections cannot write. A task of its own, so that only the timer cancels it.
    let reading = Task {
      try await pool.read { db in
        try Session(db: db).result(query.sqlite, ["since": window.microseconds, "now": now.microseconds])
      }
    }
    let timer = Task {
      try await Task.sleep(for: query.timeout)
      reading.cancel()
    }
    defer { timer.cancel() }
    switch await reading.result {
    case .success(let result): return result
    case .failure(is CancellationError):
      throw .unavailable("the query took longer than \(query.timeout.components.seconds) s")
    case .failure(let error): throw StoreError(mapping: error)
    }
  }
}

extension Session {
  /// All rows of a statement whose shape is not known beforehand.
  fileprivate func result(_ sql: String, _ values: [String: Int64]) throws -> QueryResult {
    let statement = try db.makeStatement(sql: sql)
    statement.setUncheckedArguments(StatementArguments(values))
    let columns = statement.columnNames
    let areTimes = columns.map(QueryResult.holdsTimes)
    var result = QueryResult(columns: columns, rows: [])
    let rows = try Row.fetchCursor(statement)
    while let row = try rows.next() {
      result.rows.append(areTimes.indices.map { QueryValue(row[$0], isTime: areTimes[$0]) })
    }
    return result
  }
}

extension QueryValue {
  fileprivate init(_ value: DatabaseValue, isTime: Bool) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = isTime ? .time(Timestamp(microseconds: number)) : .int(number)
    case .double(let number): self = .double(number)
    case .string(let text): self = .text(text)
    case .blob: self = .text("(bytes)")
    }
  }
}
