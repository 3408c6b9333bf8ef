import PostgresClient
import PostgresTesting
import Testing

/// With prepared statements off, nothing depends on the session: PgBouncer may hand each transaction to another server connection.
@Suite(.enabled(if: PgBouncer.program != nil, "pgbouncer is not installed (Debian: apt-get install pgbouncer)"))
struct PgBouncerTests {
  @Test func calls_ofAllKinds_workThroughFewServerConnections() async throws {
    let cluster = try await PostgresCluster.start()
    let bouncer = try await PgBouncer.start(before: cluster, poolSize: 2)
    let configuration = PostgresConfiguration(
      connectionString: bouncer.connectionString, poolSize: 8, preparedStatements: false)
    try await withPool(configuration) { pool in
      try await pool.script("CREATE TABLE t (x int8, y text)")
      let backends = try await withThrowingTaskGroup(of: Set<Int>.self) { group in
        for task in Int64(0)..<8 { group.addTask { try await use(pool, task) } }
        return try await group.reduce(into: Set()) { $0.formUnion($1) }
      }
      #expect(backends.count <= 2)
      #expect(pool.counts.lost == 0)
      #expect(try await pool.query("SELECT count(*) FROM t")[0].int(0) == 8 * 20 * 3)
    }
  }

  /// - Returns: the server's processes that it met.
  private func use(_ pool: PostgresPool, _ task: Int64) async throws -> Set<Int> {
    var backends: Set<Int> = []
    let insert = PostgresStatement("INSERT INTO t VALUES ($1, $2)", [.int(task), .text("\(task)")])
    let read = PostgresStatement("SELECT pg_backend_pid(), $1::int8", [.int(task)])
    for _ in 0..<20 {
      let results = try await pool.pipeline([insert, read])
      #expect(results[1][0].int64(1) == task)
      backends.insert(results[1][0].int(0))
      #expect(try await pool.snapshot([read, read])[1][0].int64(1) == task)
      try await pool.transaction { connection in
        let before = try await connection.query(read)[0].int(0)
        _ = try await connection.query(insert)
        #expect(try await connection.query(read)[0].int(0) == before)
      }
      let error = await failure { try await pool.pipeline([insert, PostgresStatement("SELECT 1 / 0")]) }
      #expect(error?.statementIndex == 1)
      _ = try await pool.query(insert)
    }
    return backends
  }

  @Test func statement_beyondItsTime_isCancelledThroughIt() async throws {
    let cluster = try await PostgresCluster.start()
    let bouncer = try await PgBouncer.start(before: cluster)
    let configuration = PostgresConfiguration(connectionString: bouncer.connectionString, preparedStatements: false)
    try await withPool(PostgresConfiguration(connectionString: cluster.connectionString)) { watcher in
      try await withPool(configuration, .set(\.statementTimeout, .milliseconds(300))) { pool in
        #expect(await failure { try await pool.query("/* bouncer */ SELECT pg_sleep(600)") }?.kind == .timeout)
        let isRunning = try await watcher.isRunning("/* bouncer */")
        #expect(!isRunning)
        let answer = try await pool.query("SELECT 1")[0].int(0)
        #expect(answer == 1)
      }
    }
  }
}
