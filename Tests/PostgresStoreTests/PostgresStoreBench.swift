import HeadwaiterTesting
import PostgresClient
import PostgresStore
import PostgresTesting
import StoreTesting

/// A store on a database of its own, and raw SQL beside it.
struct PostgresStoreBench {
  let database: PostgresTestDatabase
  private let slot: TestSlot
  let clock = ManualClock()
  let store: PostgresStore
  /// Another program's connections.
  let other: PostgresPool

  init() async throws {
    slot = await TestSlot.take()
    database = try await PostgresTemplate.makeDatabase()
    store = try await Self.open(database, clock)
    other = PostgresPool(database.configuration)
  }

  static func open(_ database: PostgresTestDatabase, _ clock: ManualClock) async throws -> PostgresStore {
    try await PostgresStore.open(database.configuration, testClock: clock)
  }

  /// Runs statements as another program would.
  func execute(_ sql: String) async throws { try await other.script(sql) }

  /// The code with which statements are refused; nil if they are not.
  func refusal(of sql: String) async throws -> String? {
    do {
      try await execute(sql)
      return nil
    } catch let error as PostgresError {
      return error.sqlState
    }
  }

  /// What the planner does for a statement whose parameters it does not know.
  func plan(_ sql: String) async throws -> String {
    let marks = (1...60).reversed().first { sql.contains("$\($0)") } ?? 0
    let nulls = marks == 0 ? "" : "(" + Array(repeating: "NULL", count: marks).joined(separator: ", ") + ")"
    let rows = try await other.transaction { connection in
      _ = try await connection.query(
        PostgresStatement("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"))
      _ = try await connection.query(PostgresStatement("SELECT set_config('enable_seqscan', 'off', true)"))
      _ = try await connection.query(PostgresStatement("PREPARE hot AS \(sql)"))
      let rows = try await connection.query(PostgresStatement("EXPLAIN EXECUTE hot\(nulls)"))
      _ = try await connection.query(PostgresStatement("DEALLOCATE hot"))
      return rows.map { $0.text(0) }
    }
    return rows.joined(separator: "\n")
  }
}
