import AssignmentStore
import BookingDomain
import Foundation
import GRDB
import HeadwaiterTesting
import PostgresClient
import PostgresStore
import PostgresTesting
import QueryCatalogue
import SQLiteStore
import StoreTesting

/// A store on a database of its own, and raw SQL beside it, on either database.
struct CatalogueBench: Sendable {
  private enum Home: Sendable {
    case sqlite(TemporaryFolder)
    case postgresql(PostgresTestDatabase, PostgresPool, TestSlot)
  }

  let clock: ManualClock
  let store: any AssignmentStore
  private let home: Home

  init(_ kind: TestStore.Kind, now: Timestamp = ManualClock.start) async throws {
    clock = ManualClock(now)
    switch kind {
    case .sqlite:
      let folder = try TemporaryFolder()
      store = try SQLiteStore(path: folder.file("test.sqlite"), clock: clock)
      home = .sqlite(folder)
    case .postgresql:
      let slot = await TestSlot.take()
      let database = try await PostgresTemplate.makeDatabase()
      store = try await PostgresStore.open(database.configuration, testClock: clock)
      home = .postgresql(database, PostgresPool(database.configuration), slot)
    }
  }

  /// The database behind it, for `psql`; nil on SQLite.
  var postgresql: PostgresTestDatabase? {
    if case .postgresql(let database, _, _) = home { database } else { nil }
  }

  /// Runs statements as another program would.
  func execute(_ sql: String) async throws {
    switch home {
    case .sqlite(let folder): try onSQLite(folder) { try $0.execute(sql: sql) }
    case .postgresql(_, let pool, _): try await pool.script(sql)
    }
  }

  /// A time as a literal of the database.
  func literal(_ time: Timestamp) -> String {
    switch home {
    case .sqlite: "\(time.microseconds)"
    case .postgresql: "'\(time)'"
    }
  }

  /// What a query of the catalogue finds: a line for each row, values with bars between them.
  func lines(_ name: String, window: Duration = CatalogueEntry.defaultWindow) async throws -> [String] {
    try await result(name, window: window).lines
  }

  func result(_ name: String, window: Duration = CatalogueEntry.defaultWindow) async throws -> QueryResult {
    guard let entry = QueryCatalogue.find(name) else { throw UnknownQuery(name: name) }
    return try await store.run(entry.query(window: window, timeout: .seconds(60)))
  }

  /// What the planner does for a query of the catalogue, with sequential scans only where no index serves.
  func plan(_ entry: CatalogueEntry) async throws -> [String] {
    switch home {
    case .sqlite(let folder):
      return try onSQLite(folder) { db in
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + entry.query().sqlite)
        statement.setUncheckedArguments(["since": 0, "now": 0])
        return try Row.fetchAll(statement).map { $0["detail"] as String }
      }
    case .postgresql(_, let pool, _):
      let sql = entry.query().postgresql.replacing(":'since'", with: "'1 day'")
      let rows = try await pool.pipeline([
        PostgresStatement("SELECT set_config('enable_seqscan', 'off', true)"), PostgresStatement("EXPLAIN " + sql),
      ])[1]
      return rows.map { $0.text(0) }
    }
  }

  /// Not asynchronous, so that GRDB's calls are not either.
  private func onSQLite<Value>(_ folder: TemporaryFolder, _ body: (Database) throws -> Value) throws -> Value {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: folder.file("test.sqlite"), configuration: configuration)
      .writeWithoutTransaction(body)
  }
}

private struct UnknownQuery: Error {
  var name: String
}

extension QueryResult {
  /// A line for each row, values with bars between them, `-` for null.
  var lines: [String] { rows.map { row in row.map(\.shown).joined(separator: "|") } }
}

extension QueryValue {
  fileprivate var shown: String {
    switch self {
    case .null: "-"
    case .text(let text): text
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .time(let time): String(time.description.dropFirst(11))
    }
  }
}
