import PostgresClient
import PostgresTesting
import Testing

@Suite struct PipelineTests {
  private let table = "CREATE TABLE t (x int8 PRIMARY KEY CHECK (x > 0), y text)"

  private func insert(_ number: Int64) -> PostgresStatement {
    PostgresStatement("INSERT INTO t (x) VALUES ($1)", [.int(number)])
  }

  @Test(arguments: [true, false])
  func pipeline_severalStatements_answersInOrder(prepares: Bool) async throws {
    try await withPool(.set(\.preparedStatements, prepares)) { pool in
      for _ in 0..<3 {
        let statements = (0..<200).map { PostgresStatement("SELECT $1::int8 * 2", [.int($0)]) }
        let results = try await pool.pipeline(statements)
        #expect(results.map { $0[0].int(0) } == (0..<200).map { $0 * 2 })
      }
      #expect(try await pool.pipeline([]).isEmpty)
    }
  }

  @Test(arguments: [true, false])
  func pipeline_withAFailingStatement_leavesNothingAndNamesIt(prepares: Bool) async throws {
    try await withDatabase(table, .set(\.preparedStatements, prepares)) { pool in
      for failing in 0..<4 {
        var statements = (1...4).map { insert($0) }
        statements[failing].values = [.int(-1)]
        let error = await failure { try await pool.pipeline(statements) }
        #expect(error?.sqlState == "23514")
        #expect(error?.statementIndex == failing)
        #expect(error?.outcomeUnknown == false)
      }
      let rows = try await pool.query("SELECT count(*) FROM t")[0].int(0)
      #expect(rows == 0)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func pipeline_withAStatementThatCannotBePrepared_leavesNothingAndNamesIt() async throws {
    try await withDatabase(table) { pool in
      let statements = [insert(1), PostgresStatement("SELEC 1"), insert(2)]
      let error = await failure { try await pool.pipeline(statements) }
      #expect(error?.sqlState == "42601")
      #expect(error?.statementIndex == 1)
      let rows = try await pool.query("SELECT count(*) FROM t")[0].int(0)
      #expect(rows == 0)
    }
  }

  @Test func pipeline_whoseCommitFails_leavesNothingAndNamesNoStatement() async throws {
    let script = "CREATE TABLE t (x int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)"
    try await withDatabase(script) { pool in
      let error = await failure { try await pool.pipeline([insert(1), insert(1)]) }
      #expect(error?.sqlState == "23505")
      #expect(error?.statementIndex == nil)
      let rows = try await pool.query("SELECT count(*) FROM t")[0].int(0)
      #expect(rows == 0)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func pipeline_tenMegabytesBothWays_arrive() async throws {
    try await withPool { pool in
      let texts = (0..<10).map { String(repeating: Character(Unicode.Scalar(UInt8(65 + $0))), count: 1_000_000) }
      let results = try await pool.pipeline(
        texts.map { PostgresStatement("SELECT $1::text, $2::bytea", [.text($0), .bytes(Array($0.utf8))]) })
      #expect(results.map { $0[0].text(0) } == texts)
      #expect(results.allSatisfy { $0[0].bytes(1).count == 1_000_000 })
    }
  }

  @Test func pipeline_leavingATransactionOpen_isRefusedAndRolledBack() async throws {
    try await withDatabase(table) { pool in
      let error = await failure { try await pool.pipeline([PostgresStatement("BEGIN"), insert(1)]) }
      #expect(error?.kind == .connection("the statements left a transaction open"))
      let rows = try await pool.query("SELECT count(*) FROM t")[0].int(0)
      #expect(rows == 0)
    }
  }

  @Test func copy_isRefusedAndThePoolGoesOn() async throws {
    try await withDatabase(table) { pool in
      let calls: [() async throws -> Void] = [
        { _ = try await pool.query("COPY t FROM STDIN") }, { _ = try await pool.query("COPY t TO STDOUT") },
        { try await pool.script("COPY t FROM STDIN") }, { try await pool.script("COPY t TO STDOUT") },
      ]
      for call in calls {
        guard case .connection(let text) = await failure(of: call)?.kind else {
          Issue.record("COPY was not refused")
          continue
        }
        #expect(text.contains("COPY"))
        let answer = try await pool.query("SELECT 1")[0].int(0)
        #expect(answer == 1)
      }
    }
  }

  @Test func query_thatFails_namesNoStatement() async throws {
    try await withPool { pool in
      let error = await failure { try await pool.query("SELECT 1 / 0") }
      #expect(error?.sqlState == "22012")
      #expect(error?.statementIndex == nil)
    }
  }

  @Test func script_severalStatements_isOneTransaction() async throws {
    try await withDatabase(table) { pool in
      try await pool.script("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)")
      let error = await failure { try await pool.script("INSERT INTO t VALUES (3); INSERT INTO t VALUES (1)") }
      #expect(error?.sqlState == "23505")
      #expect(try await pool.query("SELECT count(*) FROM t")[0].int(0) == 2)
      #expect(pool.counts.opened == 1)
    }
  }

  @Test func script_withoutStatements_doesNothing() async throws {
    try await withPool { pool in
      try await pool.script("-- nothing\n")
      try await pool.script("")
      #expect(try await pool.query("SELECT 1")[0].int(0) == 1)
    }
  }
}
