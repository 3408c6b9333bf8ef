import PostgresClient
import Testing

@Suite struct SnapshotTests {
  @Test(arguments: [true, false])
  func snapshot_whileOthersWrite_readsOneState(prepares: Bool) async throws {
    try await withDatabase("CREATE TABLE t (x int8)", .set(\.preparedStatements, prepares)) { pool in
      let count = PostgresStatement("SELECT count(*) FROM t")
      // Between the two counts there is time for the writer.
      let pause = PostgresStatement("SELECT pg_sleep(0.2)")
      async let reading = pool.snapshot([count, pause, count])
      for _ in 0..<50 { _ = try await pool.query("INSERT INTO t VALUES (1)") }
      let results = try await reading
      #expect(results[0][0].int(0) == results[2][0].int(0))
      #expect(try await pool.query(count)[0].int(0) == 50)
    }
  }

  @Test func snapshot_withAWrite_isRefusedAndTheConnectionGoesOn() async throws {
    try await withDatabase("CREATE TABLE t (x int8)") { pool in
      let statements = [PostgresStatement("SELECT 1"), PostgresStatement("INSERT INTO t VALUES (1)")]
      for _ in 0..<3 {
        let error = await failure { try await pool.snapshot(statements) }
        #expect(error?.sqlState == "25006")
        #expect(error?.statementIndex == 1)
      }
      let answer = try await pool.snapshot([statements[0]])[0][0].int(0)
      #expect(answer == 1)
      #expect(pool.counts.opened == 1)
    }
  }
}
