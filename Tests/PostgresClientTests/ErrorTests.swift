import PostgresClient
import PostgresTesting
import Testing

@Suite struct ErrorTests {
  private let script = """
    CREATE EXTENSION btree_gist;
    CREATE TABLE t (x int8 CONSTRAINT one UNIQUE, y int8 NOT NULL, during int8range, secret text,
      CONSTRAINT apart EXCLUDE USING gist (y WITH =, during WITH &&), CONSTRAINT positive CHECK (x > 0));
    INSERT INTO t VALUES (1, 1, '[1,5)', 'hush');
    """

  private func refusal(_ sql: String) async throws -> PostgresError? {
    try await withDatabase(script) { pool in await failure { try await pool.query(sql) } }
  }

  @Test func unique_violated_namesConstraintAndTable() async throws {
    let error = try await refusal("INSERT INTO t VALUES (1, 1)")
    #expect(error?.sqlState == "23505")
    #expect(error?.serverMessage?.constraint == "one")
    #expect(error?.serverMessage?.table == "t")
    #expect(error?.serverMessage?.schema == "public")
    #expect(error?.serverMessage?.detail == "Key (x)=(1) already exists.")
  }

  @Test func exclusion_violated_namesConstraint() async throws {
    let error = try await refusal("INSERT INTO t VALUES (2, 1, '[4,9)')")
    #expect(error?.sqlState == "23P01")
    #expect(error?.serverMessage?.constraint == "apart")
  }

  @Test(
    arguments: [
      ("INSERT INTO t VALUES (0, 1)", "23514"), ("INSERT INTO t (x) VALUES (5)", "23502"),
      ("SELECT missing FROM t", "42703"), ("SELECT 'a'::int8", "22P02"), ("SELECT repeat('x', -1)::int8", "22P02"),
    ])
  func refusals_haveTheirState(sql: String, sqlState: String) async throws {
    #expect(try await refusal(sql)?.sqlState == sqlState)
  }

  @Test func serialization_failed_hasItsState() async throws {
    try await withDatabase(script) { pool in
      let error = await failure {
        try await pool.transaction(isolation: .serializable) { connection in
          _ = try await connection.query(PostgresStatement("SELECT sum(y) FROM t"))
          _ = try await pool.query("UPDATE t SET y = y + 1")
          _ = try await connection.query(PostgresStatement("UPDATE t SET y = y + 1"))
        }
      }
      #expect(error?.sqlState == "40001")
    }
  }

  @Test func description_holdsNoValuesAndNoDetail() async throws {
    for sql in [
      "INSERT INTO t VALUES (1, 1, NULL, 'hush')", "SELECT 'hush'::int8",
      "INSERT INTO t VALUES (7, NULL, NULL, 'hush')",
    ] {
      let error = try #require(try await refusal(sql))
      var dumped = ""
      dump(error, to: &dumped)
      for text in [error.description, String(reflecting: error), "\(error.kind)", dumped, "\(error.kind as Any)"] {
        #expect(!text.contains("hush"))
        #expect(!text.contains("already exists"))
      }
    }
    let error = try await refusal("INSERT INTO t VALUES (1, 1)")
    #expect(
      error?.description
        == "23505, duplicate key value violates unique constraint \"one\", constraint one, table t")
  }

  @Test func statementAndConfiguration_hideValuesAndPassword() {
    let statement = PostgresStatement("SELECT $1", [.text("hush")])
    let configuration = PostgresConfiguration(connectionString: "postgresql://u:hush@localhost/d")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in [
      "\(statement)", String(reflecting: statement), "\(configuration)", String(reflecting: configuration), dumped,
    ] {
      #expect(!text.contains("hush"))
    }
  }
}
