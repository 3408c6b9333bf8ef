import PostgresClient
import PostgresTesting
import Testing

/// What happens when the server, or one connection, goes away. A server of its own, since it is stopped.
@Suite struct ConnectionLossTests {
  private func terminate(_ backend: Int, _ watcher: PostgresPool) async throws {
    let gone = "SELECT pg_terminate_backend($1::int4, 60000)"
    #expect(try await watcher.query(gone, [.text("\(backend)")])[0].bool(0))
  }

  @Test func connection_endedWhileIdle_costsNoCall() async throws {
    try await withPool { watcher in
      try await withPool(.set(\.poolSize, 1)) { pool in
        for _ in 0..<3 {
          try await terminate(try await pool.backend(), watcher)
          #expect(try await pool.query("SELECT 1")[0].int(0) == 1)
          try await terminate(try await pool.backend(), watcher)
          let read = PostgresStatement("SELECT 2")
          #expect(try await pool.transaction { try await $0.query(read)[0].int(0) } == 2)
        }
        #expect(pool.counts.opened == 7)
      }
    }
  }

  @Test func connection_endedWhileBusy_failsThatCallAlone() async throws {
    try await withPool { watcher in
      try await withPool(.set(\.poolSize, 1)) { pool in
        let backend = try await pool.backend()
        let task = Task { try await pool.query("/* end */ SELECT pg_sleep(600)") }
        try await eventually { try await watcher.isRunning("/* end */") }
        try await terminate(backend, watcher)
        let error = await failure { try await task.value }
        #expect(error?.kind == .connection("57P01, terminating connection due to administrator command"))
        #expect(error?.outcomeUnknown == false)
        #expect(try await pool.query("SELECT 1")[0].int(0) == 1)
      }
    }
  }

  @Test func connection_endedWithinATransaction_failsItAndIsReplaced() async throws {
    try await withDatabase("CREATE TABLE t (x int8)") { pool in
      let error = await failure {
        try await pool.transaction { connection in
          let insert = PostgresStatement("INSERT INTO t VALUES (1) RETURNING pg_backend_pid()")
          try await terminate(try await connection.query(insert)[0].int(0), pool)
          _ = try await connection.query(insert)
        }
      }
      #expect(error?.kind == .connection("the server has closed the connection"))
      #expect(error?.outcomeUnknown == false)
      let rows = try await pool.query("SELECT count(*) FROM t")[0].int(0)
      #expect(rows == 0)
    }
  }

  @Test(arguments: [PostgresCluster.StopMode.fast, .immediate])
  func server_restarted_isUsedAgainWithoutAFailedCall(mode: PostgresCluster.StopMode) async throws {
    let cluster = try await PostgresCluster.start()
    try await withPool(PostgresConfiguration(connectionString: cluster.connectionString)) { pool in
      // Tests' servers commit without waiting for the log: only a checkpoint of its own, afterwards, is sure to write it.
      try await pool.script("CREATE TABLE t AS SELECT 7 AS x")
      try await pool.script("CHECKPOINT")
      // Several idle connections, none of which may cost a call.
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { _ = try? await pool.query("SELECT pg_sleep(0.1)") } }
      }
      try await cluster.restart(mode)
      for _ in 0..<6 { #expect(try await pool.query("SELECT x FROM t")[0].int(0) == 7) }
    }
  }

  @Test func server_stoppedWhileBusy_endsTheCallsAndIsFoundAgain() async throws {
    let cluster = try await PostgresCluster.start()
    try await withPool(PostgresConfiguration(connectionString: cluster.connectionString)) { pool in
      let task = Task { try await pool.query("SELECT pg_sleep(600)") }
      try await withPool(pool.configuration) { watcher in
        try await eventually { try await watcher.isRunning("SELECT pg_sleep") }
      }
      try await cluster.stop(.immediate)
      guard case .connection = await failure(of: { try await task.value })?.kind else {
        Issue.record("the call did not notice that the server was gone")
        return
      }
      for _ in 0..<5 {
        guard case .connection(let text) = await failure(of: { try await pool.query("SELECT 1") })?.kind else {
          Issue.record("a call without a server did not fail as such")
          continue
        }
        #expect(text.contains("Is the server running locally"))
      }
      try await cluster.start()
      try await eventually { await failure { try await pool.query("SELECT 1") } == nil }
    }
  }

  @Test(arguments: [true, false])
  func commit_whoseAnswerIsLost_isOfUnknownOutcome(isPipeline: Bool) async throws {
    let cluster = try await PostgresCluster.start()
    try await withPool(PostgresConfiguration(connectionString: cluster.connectionString)) { pool in
      // The trigger crashes the backend within the commit, after all was sent.
      try await pool.script(
        """
        CREATE TABLE t (x int8);
        CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN EXECUTE format('COPY (SELECT) TO PROGRAM ''kill -9 %s''', pg_backend_pid()); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER crash AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION crash();
        """)
      let insert = PostgresStatement("INSERT INTO t VALUES (1)")
      let error = await failure {
        if isPipeline {
          _ = try await pool.pipeline([insert])
        } else {
          try await pool.transaction { connection in _ = try await connection.query(insert) }
        }
      }
      #expect(error?.outcomeUnknown == true)
      #expect(error?.description.hasPrefix("connection: server closed the connection unexpectedly") == true)
    }
  }
}
