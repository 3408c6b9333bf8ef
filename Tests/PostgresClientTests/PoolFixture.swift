import PostgresClient
import PostgresTesting

/// What is different about a test's pool.
struct PoolSetting {
  let apply: (inout PostgresConfiguration) -> Void

  static func set<Value>(_ property: WritableKeyPath<PostgresConfiguration, Value>, _ value: Value) -> PoolSetting {
    PoolSetting { $0[keyPath: property] = value }
  }
}

/// Lends a pool on the shared server, in the database that everybody may read from, and closes it.
func withPool<Value: Sendable>(
  _ settings: PoolSetting..., body: (PostgresPool) async throws -> Value
) async throws -> Value {
  let configuration = PostgresConfiguration(connectionString: try await PostgresCluster.shared().connectionString)
  return try await withPool(configuration, settings, body: body)
}

/// Lends a pool on a database of its own, made by `script`.
func withDatabase<Value: Sendable>(
  _ script: String, _ settings: PoolSetting..., body: (PostgresPool) async throws -> Value
) async throws -> Value {
  let database = try await PostgresCluster.shared().makeDatabase()
  return try await withPool(database.configuration, settings) { pool in
    try await pool.script(script)
    return try await body(pool)
  }
}

func withPool<Value: Sendable>(
  _ configuration: PostgresConfiguration, _ settings: PoolSetting..., body: (PostgresPool) async throws -> Value
) async throws -> Value {
  try await withPool(configuration, settings, body: body)
}

private func withPool<Value: Sendable>(
  _ configuration: PostgresConfiguration, _ settings: [PoolSetting], body: (PostgresPool) async throws -> Value
) async throws -> Value {
  var configuration = configuration
  // These tests are about other things than how busy the machine is.
  configuration.connectTimeout = .seconds(600)
  configuration.statementTimeout = .seconds(600)
  configuration.waitTimeout = .seconds(600)
  for setting in settings { setting.apply(&configuration) }
  let pool = PostgresPool(configuration)
  do {
    let value = try await body(pool)
    await pool.close()
    return value
  } catch {
    await pool.close()
    throw error
  }
}

/// The error that a call throws; nil if it throws none.
func failure<Value>(of call: () async throws -> Value) async -> PostgresError? {
  do {
    _ = try await call()
    return nil
  } catch {
    return error as? PostgresError
  }
}

/// Waits until something is so that comes about outside of this process.
func eventually(_ isSo: () async throws -> Bool) async throws {
  for _ in 0..<6000 {
    if try await isSo() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  throw NeverCameAbout()
}

struct NeverCameAbout: Error {}

extension PostgresPool {
  func query(_ sql: String, _ values: [PostgresValue] = []) async throws(PostgresError) -> PostgresResult {
    try await query(PostgresStatement(sql, values))
  }

  /// The process on the server that serves the pool's idle connection.
  func backend() async throws -> Int { try await query("SELECT pg_backend_pid()")[0].int(0) }

  /// Whether a backend is running a statement that begins with this text.
  func isRunning(_ sql: String) async throws -> Bool {
    let active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 || '%'"
    return try await query(active, [.text(sql)])[0].int(0) > 0
  }
}
