import BookingDomain
import Foundation
import GRDB
import HeadwaiterTesting
import SQLiteStore

/// A store on a file of its own, and raw SQL beside it.
struct SQLiteTestDatabase {
  let folder: TemporaryFolder
  let clock = ManualClock()
  let store: SQLiteStore
  var path: String { folder.file("headwaiter.sqlite") }

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteStore(path: folder.file("headwaiter.sqlite"), clock: clock)
  }

  /// Runs statements on a connection of its own, as another program would.
  func execute(_ sql: String) throws { try raw { db in try db.execute(sql: sql) } }

  func value<Value: DatabaseValueConvertible>(_ sql: String) throws -> Value? {
    try raw { db in try Value.fetchOne(db, sql: sql) }
  }

  /// The extended code and the message with which statements are refused; nil if they are not.
  func refusal(of sql: String) throws -> String? {
    do {
      try execute(sql)
      return nil
    } catch let error as DatabaseError {
      return error.message
    }
  }

  /// What the planner does for a statement.
  func plan(_ sql: String) throws -> [String] {
    try raw { db in
      let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
      statement.setUncheckedArguments([])
      return try Row.fetchAll(statement).map { $0["detail"] as String }
    }
  }

  private func raw<Value>(_ body: (Database) throws -> Value) throws -> Value {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction(body)
  }
}
