import Foundation
import PostgresClient
import PostgresTesting
import Testing

/// Time-outs and cancellation reach the server.
@Suite struct TimeLimitTests {
  private let sleep = "SELECT pg_sleep(600)"

  @Test func statement_beyondItsTime_isCancelledOnTheServer() async throws {
    try await withPool { watcher in
      try await withPool(.set(\.statementTimeout, .milliseconds(200))) { pool in
        let error = await failure { try await pool.query("/* timeout */ \(sleep)") }
        #expect(error?.kind == .timeout)
        #expect(error?.outcomeUnknown == false)
        let isRunning = try await watcher.isRunning("/* timeout */")
        #expect(!isRunning)
        // The connection is good for more.
        let answer = try await pool.query("SELECT 1")[0].int(0)
        #expect(answer == 1)
        #expect(pool.counts.opened == 1)
      }
    }
  }

  @Test func pipeline_beyondItsTime_leavesNothingAndNamesTheStatement() async throws {
    try await withDatabase("CREATE TABLE t (x int8)") { watcher in
      try await withPool(watcher.configuration, .set(\.statementTimeout, .milliseconds(200))) { pool in
        let insert = PostgresStatement("INSERT INTO t VALUES (1)")
        let error = await failure { try await pool.pipeline([insert, PostgresStatement(sleep), insert]) }
        #expect(error?.kind == .timeout)
        #expect(error?.statementIndex == 1)
        let rows = try await watcher.query("SELECT count(*) FROM t")[0].int(0)
        #expect(rows == 0)
      }
    }
  }

  @Test func snapshot_beyondItsTime_isCancelledAndTheConnectionGoesOn() async throws {
    try await withPool(.set(\.statementTimeout, .milliseconds(200))) { pool in
      #expect(await failure { try await pool.snapshot([PostgresStatement(sleep)]) }?.kind == .timeout)
      let answer = try await pool.query("SELECT 1")[0].int(0)
      #expect(answer == 1)
    }
  }

  @Test func script_withATimeOfItsOwn_ignoresTheStatementTime() async throws {
    try await withPool(.set(\.statementTimeout, .milliseconds(200))) { pool in
      try await pool.script("SELECT pg_sleep(0.5)", timeout: .seconds(60))
      #expect(await failure { try await pool.script("SELECT 1; \(sleep)") }?.kind == .timeout)
      #expect(try await pool.query("SELECT 1")[0].int(0) == 1)
    }
  }

  @Test func task_cancelled_cancelsItsStatementOnTheServer() async throws {
    try await withPool { watcher in
      try await withPool { pool in
        let task = Task { try await pool.query("/* cancel */ \(sleep)") }
        try await eventually { try await watcher.isRunning("/* cancel */") }
        task.cancel()
        #expect(await failure { try await task.value }?.kind == .cancelled)
        #expect(try await !watcher.isRunning("/* cancel */"))
        #expect(try await pool.query("SELECT 1")[0].int(0) == 1)
        #expect(pool.counts.opened == 1)
      }
    }
  }

  @Test func task_cancelledBefore_sendsNothing() async throws {
    try await withPool { pool in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        _ = try await pool.query("SELECT 1")
      }
      #expect(await failure { try await task.value }?.kind == .cancelled)
      #expect(pool.counts.opened == 0)
    }
  }

  @Test func tasks_cancelledAtAnyMoment_neverHitTheNextCall() async throws {
    try await withPool(.set(\.poolSize, 2)) { pool in
      for round in 0..<200 {
        let task = Task { try await pool.query("SELECT pg_sleep(0.001)") }
        for _ in 0..<(round * 7 % 50) { await Task.yield() }
        task.cancel()
        async let other = pool.query("SELECT \(round % 10)")
        let answer = try await other[0].int(0)
        #expect(answer == round % 10)
        let error = await failure { try await task.value }
        #expect(error == nil || error?.kind == .cancelled)
      }
    }
  }

  @Test func server_thatDoesNotEvenCancel_isGivenUp() async throws {
    let cluster = try await PostgresCluster.start()
    try await withPool(PostgresConfiguration(connectionString: cluster.connectionString)) { watcher in
      try await withPool(watcher.configuration, .set(\.statementTimeout, .milliseconds(200))) { pool in
        let backend = pid_t(try await pool.backend())
        kill(backend, SIGSTOP)
        let error = await failure { try await pool.query("SELECT 1") }
        kill(backend, SIGCONT)
        #expect(error?.kind == .timeout)
        #expect(error?.outcomeUnknown == true)
        #expect(try await pool.query("SELECT 1")[0].int(0) == 1)
        #expect(pool.counts.opened == 2)
      }
    }
  }

  @Test func server_thatNeverAnswers_isGivenUpWhileConnecting() async throws {
    let cluster = try await PostgresCluster.start()
    let configuration = PostgresConfiguration(connectionString: cluster.connectionString)
    let postmaster = try await withPool(configuration) { pool in
      let file = "SELECT pg_read_file('postmaster.pid')"
      return pid_t(try await pool.query(file)[0].text(0).prefix { $0.isNumber })
    }
    let process = try #require(postmaster)
    kill(process, SIGSTOP)
    defer { kill(process, SIGCONT) }
    try await withPool(configuration, .set(\.connectTimeout, .milliseconds(200))) { pool in
      let error = await failure { try await pool.query("SELECT 1") }
      #expect(error?.kind == .connection("no connection within 0.2 seconds"))
    }
  }
}
