import PostgresClient
import PostgresTesting
import Testing

@Suite struct PoolTests {
  @Test func tasks_moreThanConnections_allGetTheirs() async throws {
    try await withPool(.set(\.poolSize, 4)) { pool in
      let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<50 {
          group.addTask { try await pool.query("SELECT $1::int8, pg_sleep(0.01)", [.int(Int64(number))])[0].int(0) }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(numbers == Set(0..<50))
      #expect(pool.counts.opened <= 4)
      #expect(pool.counts.busy == 0)
      #expect(pool.counts.waiting == 0)
    }
  }

  @Test func wait_tooLong_isGivenUpAndThePoolGoesOn() async throws {
    try await withPool(.set(\.poolSize, 1), .set(\.waitTimeout, .milliseconds(100))) { pool in
      // Opening the first connection may last longer than that.
      try await eventually { await failure { try await pool.query("SELECT 1") } == nil }
      try await pool.withConnection { connection in
        _ = try await connection.query(PostgresStatement("SELECT 1"))
        #expect(await failure { try await pool.query("SELECT 1") }?.kind == .poolExhausted)
        #expect(await failure { try await pool.pipeline([PostgresStatement("SELECT 1")]) }?.kind == .poolExhausted)
      }
      #expect(try await pool.query("SELECT 1")[0].int(0) == 1)
    }
  }

  @Test func wait_ofACancelledTask_isGivenUp() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      try await pool.withConnection { connection in
        let task = Task { try await pool.query("SELECT 1") }
        try await eventually { pool.counts.waiting == 1 }
        task.cancel()
        #expect(await failure { try await task.value }?.kind == .cancelled)
        #expect(pool.counts.waiting == 0)
      }
    }
  }

  @Test func close_whileBusy_waitsAndRefusesTheOthers() async throws {
    try await withPool(.set(\.poolSize, 1)) { pool in
      let busy = Task { try await pool.query("SELECT pg_sleep(0.3), 7")[0].int(1) }
      try await eventually { pool.counts.busy == 1 }
      let waiting = Task { try await pool.query("SELECT 1") }
      try await eventually { pool.counts.waiting == 1 }
      await pool.close()
      #expect(pool.counts.busy == 0)
      #expect(pool.counts.idle == 0)
      #expect(try await busy.value == 7)
      #expect(await failure { try await waiting.value }?.kind == .closed)
      #expect(await failure { try await pool.query("SELECT 1") }?.kind == .closed)
      await pool.close()
    }
  }

  @Test func close_endsTheConnectionsOnTheServer() async throws {
    try await withPool { watcher in
      let backend = try await withPool { try await $0.backend() }
      try await eventually {
        try await watcher.query("SELECT FROM pg_stat_activity WHERE pid = $1", [.int(Int64(backend))]).isEmpty
      }
    }
  }

  @Test func pool_forgotten_endsItsConnections() async throws {
    try await withPool { watcher in
      var pool: PostgresPool? = PostgresPool(watcher.configuration)
      let backend = try #require(try await pool?.backend())
      pool = nil
      try await eventually {
        try await watcher.query("SELECT FROM pg_stat_activity WHERE pid = $1", [.int(Int64(backend))]).isEmpty
      }
    }
  }
}
