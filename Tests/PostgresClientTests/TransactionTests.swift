import PostgresClient
import Testing

@Suite struct TransactionTests {
  private struct Refused: Error {}

  private let insert = PostgresStatement("INSERT INTO t VALUES (1)")

  private func withTable(_ body: (PostgresPool) async throws -> Void) async throws {
    try await withDatabase("CREATE TABLE t (x int8)", .set(\.poolSize, 1), body: body)
  }

  private func count(_ pool: PostgresPool) async throws -> Int {
    try await pool.query("SELECT count(*) FROM t")[0].int(0)
  }

  @Test func transaction_thatReturns_isCommitted() async throws {
    try await withTable { pool in
      let seen = try await pool.transaction { connection in
        _ = try await connection.query(insert)
        return try await connection.pipeline([insert, PostgresStatement("SELECT count(*) FROM t")])[1][0].int(0)
      }
      #expect(seen == 2)
      #expect(try await count(pool) == 2)
    }
  }

  @Test func transaction_thatThrows_isRolledBack() async throws {
    try await withTable { pool in
      await #expect(throws: Refused.self) {
        try await pool.transaction { connection in
          _ = try await connection.query(insert)
          throw Refused()
        }
      }
      let rows = try await count(pool)
      #expect(rows == 0)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func transaction_withAFailedStatement_isRolledBack() async throws {
    try await withTable { pool in
      let error = await failure {
        try await pool.transaction { connection in
          _ = try await connection.pipeline([insert, insert, PostgresStatement("SELECT 1 / 0")])
        }
      }
      #expect(error?.sqlState == "22012")
      #expect(error?.statementIndex == 2)
      let rows = try await count(pool)
      #expect(rows == 0)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func transaction_thatKeepsSilentAboutAFailure_isNotTakenForCommitted() async throws {
    try await withTable { pool in
      let error = await failure {
        try await pool.transaction { connection in
          _ = try await connection.query(insert)
          _ = await failure { try await connection.query(PostgresStatement("SELECT 1 / 0")) }
        }
      }
      #expect(error?.sqlState == "25P02")
      let rows = try await count(pool)
      #expect(rows == 0)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func transaction_backAtASavepoint_isCommitted() async throws {
    try await withTable { pool in
      try await pool.transaction { connection in
        _ = try await connection.pipeline([insert, PostgresStatement("SAVEPOINT s")])
        _ = await failure { try await connection.query(PostgresStatement("SELECT 1 / 0")) }
        _ = try await connection.pipeline([PostgresStatement("ROLLBACK TO s"), insert])
      }
      #expect(try await count(pool) == 2)
    }
  }

  @Test func transaction_whoseFirstValueIsRefused_stillBeginsWithTheNextStatement() async throws {
    try await withTable { pool in
      await #expect(throws: Refused.self) {
        try await pool.transaction { connection in
          let error = await failure { try await connection.query(PostgresStatement("SELECT $1", [.text("\0")])) }
          #expect(error?.sqlState == "22021")
          _ = try await connection.query(insert)
          throw Refused()
        }
      }
      let rows = try await count(pool)
      #expect(rows == 0)
    }
  }

  @Test func transaction_thatEndsItself_refusesWhatComesAfter() async throws {
    try await withTable { pool in
      let error = await failure {
        try await pool.transaction { connection in
          _ = try await connection.pipeline([insert, PostgresStatement("COMMIT")])
          _ = try await connection.query(insert)
        }
      }
      #expect(error?.kind == .closed)
      let rows = try await count(pool)
      #expect(rows == 1)
    }
  }

  @Test func transaction_ofACancelledTask_isRolledBack() async throws {
    try await withTable { pool in
      let task = Task {
        try await pool.transaction { connection in
          _ = try await connection.query(insert)
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      #expect(await failure { try await task.value }?.kind == .cancelled)
      let rows = try await count(pool)
      #expect(rows == 0)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func transaction_withoutStatements_touchesNothing() async throws {
    try await withTable { pool in
      let answer = try await pool.transaction { _ in 7 }
      #expect(answer == 7)
    }
  }

  @Test func transaction_whoseCommitFails_saysSo() async throws {
    let script = "CREATE TABLE t (x int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)"
    try await withDatabase(script, .set(\.poolSize, 1)) { pool in
      let error = await failure {
        try await pool.transaction { connection in _ = try await connection.pipeline([insert, insert]) }
      }
      #expect(error?.sqlState == "23505")
      let rows = try await count(pool)
      #expect(rows == 0)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test(arguments: PostgresIsolation.allCases)
  func transaction_ofEachIsolation_runsInIt(isolation: PostgresIsolation) async throws {
    try await withPool { pool in
      let shown = try await pool.transaction(isolation: isolation) { connection in
        try await connection.query(PostgresStatement("SHOW transaction_isolation"))[0].text(0)
      }
      #expect(shown.uppercased() == isolation.rawValue)
    }
  }

  @Test func connection_afterItsLease_refuses() async throws {
    try await withPool { pool in
      let kept = try await pool.withConnection { connection in
        _ = try await connection.query(PostgresStatement("SELECT 1"))
        return connection
      }
      #expect(await failure { try await kept.query(PostgresStatement("SELECT 1")) }?.kind == .closed)
    }
  }

  @Test func connection_lent_isOneSession() async throws {
    try await withPool { pool in
      let pids = try await pool.withConnection { connection in
        _ = try await connection.query(PostgresStatement("SELECT set_config('x.y', 'kept', false)"))
        #expect(try await connection.query(PostgresStatement("SELECT current_setting('x.y')"))[0].text(0) == "kept")
        return try await connection.pipeline([PostgresStatement("SELECT pg_backend_pid()")])[0][0].int(0)
      }
      #expect(try await pool.backend() == pids)
    }
  }
}
