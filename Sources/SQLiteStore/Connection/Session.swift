import BookingDomain
import GRDB

/// One connection within a transaction: runs cached statements.
struct Session {
  let db: Database

  /// Runs a statement that returns no rows.
  /// - Returns: how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ values: [DatabaseValue] = []) throws -> Int {
    try bound(sql, values).execute()
    return db.changesCount
  }

  /// The first row, or nil if there is none.
  func first<Value>(
    _ sql: String, _ values: [DatabaseValue] = [], _ read: (Row) throws -> Value
  ) throws -> Value? {
    let rows = try Row.fetchCursor(try bound(sql, values))
    // The cursor resets its statement when it goes, and with it the row that is being read.
    return try withExtendedLifetime(rows) { try rows.next().map(read) }
  }

  /// All rows, in order.
  func all<Value>(
    _ sql: String, _ values: [DatabaseValue] = [], _ read: (Row) throws -> Value
  ) throws -> [Value] {
    let rows = try Row.fetchCursor(try bound(sql, values))
    var result: [Value] = []
    while let row = try rows.next() { result.append(try read(row)) }
    return result
  }

  /// Whether there is a row.
  func exists(_ sql: String, _ values: [DatabaseValue] = []) throws -> Bool {
    try first(sql, values) { _ in true } ?? false
  }

  /// The whole number in the first row's first column; 0 if there is none.
  func count(_ sql: String, _ values: [DatabaseValue] = []) throws -> Int {
    try Int.fetchOne(try bound(sql, values)) ?? 0
  }

  /// A cached statement with its values. They are bound one by one: `StatementArguments` costs as much as the row.
  private func bound(_ sql: String, _ values: [DatabaseValue]) throws -> Statement {
    let statement = try db.cachedStatement(sql: sql)
    statement.setUncheckedArguments(StatementArguments())
    for (index, value) in values.enumerated() {
      let code = value.bind(to: statement.sqliteStatement, at: CInt(index + 1))
      guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
    return statement
  }
}

/// A connection within a write transaction, and the database's time at its start.
struct WriteSession {
  let session: Session
  let now: Timestamp
}
