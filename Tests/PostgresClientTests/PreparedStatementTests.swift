import PostgresClient
import Testing

/// What a connection believes to have prepared stays true.
@Suite struct PreparedStatementTests {
  private func prepared(_ pool: PostgresPool) async throws -> Set<String> {
    Set(try await pool.query("SELECT statement FROM pg_prepared_statements").map { $0.text(0) })
  }

  @Test func statement_usedAgain_isPreparedOnce() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      for number in Int64(0)..<5 { _ = try await pool.query("SELECT $1::int8 + 1", [.int(number)]) }
      let count = "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1::int8 + 1'"
      #expect(try await pool.query(count)[0].int(0) == 1)
    }
  }

  @Test func statement_twiceInItsFirstPipeline_isPreparedOnce() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      _ = try await pool.pipeline((0..<5).map { PostgresStatement("SELECT $1::int8 + 2", [.int($0)]) })
      let count = "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1::int8 + 2'"
      #expect(try await pool.query(count)[0].int(0) == 1)
    }
  }

  @Test func switchedOff_nothingIsPrepared() async throws {
    try await withPool(.set(\.preparedStatements, false)) { pool in
      _ = try await pool.pipeline((0..<5).map { PostgresStatement("SELECT $1::int8", [.int($0)]) })
      #expect(try await prepared(pool).isEmpty)
    }
  }

  @Test func pipeline_abortedBeforeAPreparation_preparesItNextTime() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      let late = PostgresStatement("SELECT 'late'")
      for _ in 0..<2 {
        let error = await failure { try await pool.pipeline([PostgresStatement("SELECT 1 / 0"), late]) }
        #expect(error?.statementIndex == 0)
        let isThere = try await prepared(pool).contains(late.sql)
        #expect(!isThere)
      }
      let answer = try await pool.pipeline([late, late]).map { $0[0].text(0) }
      #expect(answer == ["late", "late"])
      let isThere2 = try await prepared(pool).contains(late.sql)
      #expect(isThere2)
    }
  }

  @Test func statement_failingWhenRun_staysPrepared() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      let divide = "SELECT 1 / $1::int8"
      _ = await failure { try await pool.query(divide, [.int(0)]) }
      let isThere = try await prepared(pool).contains(divide)
      #expect(isThere)
      let answer = try await pool.query(divide, [.int(1)])[0].int(0)
      #expect(answer == 1)
    }
  }

  @Test func tableWithANewColumn_isReadWithItByAnOldStatement() async throws {
    try await withDatabase("CREATE TABLE t (x int8); INSERT INTO t VALUES (1)", .set(\.poolSize, 1)) { pool in
      let all = PostgresStatement("SELECT * FROM t")
      #expect(try await pool.query(all)[0].int(0) == 1)
      try await pool.script("ALTER TABLE t ADD y text DEFAULT 'new'")
      #expect(try await pool.query(all)[0].text(1) == "new")
      try await pool.script("ALTER TABLE t DROP y")
      #expect(try await pool.snapshot([all])[0].columnCount == 1)
      try await pool.script("ALTER TABLE t ADD z text DEFAULT 'z'")
      let write = PostgresStatement("INSERT INTO t VALUES ($1)", [.int(2)])
      #expect(try await pool.pipeline([write, all])[1].count == 2)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func tableWithANewColumn_withinATransaction_failsOnce() async throws {
    try await withDatabase("CREATE TABLE t (x int8); INSERT INTO t VALUES (1)", .set(\.poolSize, 1)) { pool in
      let all = PostgresStatement("SELECT * FROM t")
      _ = try await pool.query(all)
      try await pool.script("ALTER TABLE t ADD y text DEFAULT 'new'")
      let read = { try await pool.transaction { try await $0.query(all)[0].text(1) } }
      #expect(await failure(of: read)?.sqlState == "0A000")
      #expect(try await read() == "new")
    }
  }

  @Test func session_thatForgotItsStatements_isTaughtThemAgain() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      for forget in ["DEALLOCATE ALL", "DISCARD ALL"] {
        #expect(try await pool.query("SELECT 41 + 1")[0].int(0) == 42)
        try await pool.script(forget)
        #expect(try await pool.query("SELECT 41 + 1")[0].int(0) == 42)
      }
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func parameter_firstNullThenNumber_isUnderstood() async throws {
    try await withDatabase("CREATE TABLE t (x int4, y int2)", .set(\.poolSize, 1)) { pool in
      let insert = "INSERT INTO t VALUES ($1, $2)"
      let rows: [[PostgresValue]] = [
        [.null, .null], [.int(1), .null], [.null, .int(2)], [.int(3), .int(4)], [.text("5"), .text("6")],
        [.null, .null],
      ]
      for values in rows { _ = try await pool.query(insert, values) }
      let sums = try await pool.query("SELECT sum(x), sum(y), count(*) FROM t")[0]
      #expect([sums.int(0), sums.int(1), sums.int(2)] == [9, 12, 6])
    }
  }

  @Test func values_tooFew_areTheServersErrorAndTheCacheStaysRight() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      let add = "SELECT $1::int8 + $2::int8"
      let answer = try await pool.query(add, [.int(1), .int(2)])[0].int(0)
      #expect(answer == 3)
      #expect(await failure { try await pool.query(add, [.int(1)]) }?.sqlState == "08P01")
      let answer2 = try await pool.query(add, [.int(1), .null])[0].isNull(0)
      #expect(answer2)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func statements_moreThanAConnectionKeeps_allWork() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      for number in 0..<700 { #expect(try await pool.query("SELECT \(number)")[0].int(0) == number) }
      let results = try await pool.pipeline((1000..<1700).map { PostgresStatement("SELECT \($0)") })
      #expect(results.map { $0[0].int(0) } == Array(1000..<1700))
      #expect(try await prepared(pool).count <= 513)
    }
  }
}
