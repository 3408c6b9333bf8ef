import Foundation
import PostgresTesting
import Testing

@testable import PostgresClient

@Suite struct ListenerTests {
  private struct Signals: Sendable {
    let stream: AsyncStream<PostgresListener.Signal>

    func next() async -> PostgresListener.Signal? {
      var iterator = stream.makeAsyncIterator()
      return await iterator.next(isolation: nil)
    }
  }

  /// Runs a listener and hands its signals on as they come.
  private func withSignals(
    _ configuration: PostgresConfiguration, _ channels: Set<String>,
    _ body: (Signals) async throws -> Void
  ) async throws {
    try await withSignals(of: PostgresListener(configuration, channels: channels), body)
  }

  private func withSignals(of listener: PostgresListener, _ body: (Signals) async throws -> Void) async throws {
    let (signals, continuation) = AsyncStream.makeStream(of: PostgresListener.Signal.self)
    let task = Task {
      await listener.run { continuation.yield($0) }
      continuation.finish()
    }
    let received = Signals(stream: signals)
    try await body(received)
    task.cancel()
    await task.value
    while let left = await received.next() { Issue.record("a signal that nobody expected: \(left)") }
  }

  @Test func notifications_arriveInOrder() async throws {
    try await withDatabase("") { pool in
      try await withSignals(pool.configuration, ["plain", "Odd \"name\""]) { signals in
        #expect(await signals.next() == .connected)
        for number in 0..<100 { _ = try await pool.query("SELECT pg_notify('plain', $1)", [.text("\(number)")]) }
        for number in 0..<100 { #expect(await signals.next() == .notification(channel: "plain", payload: "\(number)")) }
        _ = try await pool.query("SELECT pg_notify($1, ''), pg_notify('other', '')", [.text("Odd \"name\"")])
        #expect(await signals.next() == .notification(channel: "Odd \"name\"", payload: ""))
      }
    }
  }

  @Test func notification_ofARolledBackTransaction_doesNotArrive() async throws {
    try await withDatabase("") { pool in
      try await withSignals(pool.configuration, ["c"]) { signals in
        #expect(await signals.next() == .connected)
        let lost = [PostgresStatement("SELECT pg_notify('c', 'lost')"), PostgresStatement("SELECT 1 / 0")]
        _ = await failure { try await pool.pipeline(lost) }
        _ = try await pool.query("SELECT pg_notify('c', 'kept')")
        #expect(await signals.next() == .notification(channel: "c", payload: "kept"))
      }
    }
  }

  @Test func connection_lost_isToldAndMadeAgain() async throws {
    try await withDatabase("") { pool in
      try await withSignals(pool.configuration, ["c"]) { signals in
        #expect(await signals.next() == .connected)
        for round in 0..<3 {
          let others = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'LISTEN%'
            """
          #expect(try await pool.query(others).count == 1)
          #expect(await signals.next() == .lost)
          #expect(await signals.next() == .connected)
          _ = try await pool.query("SELECT pg_notify('c', $1)", [.text("\(round)")])
          #expect(await signals.next() == .notification(channel: "c", payload: "\(round)"))
        }
      }
    }
  }

  @Test func server_thatIsSilentForGood_isNoticed() async throws {
    try await withDatabase("") { pool in
      var configuration = pool.configuration
      configuration.statementTimeout = .milliseconds(200)
      let listener = PostgresListener(configuration, channels: ["c"], pingInterval: .milliseconds(100))
      try await withSignals(of: listener) { signals in
        #expect(await signals.next() == .connected)
        let other = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        let backend = pid_t(try await pool.query(other)[0].int(0))
        kill(backend, SIGSTOP)
        #expect(await signals.next() == .lost)
        kill(backend, SIGCONT)
        #expect(await signals.next() == .connected)
      }
    }
  }

  @Test func server_awayAndBack_isToldOnceEach() async throws {
    let cluster = try await PostgresCluster.start()
    let configuration = PostgresConfiguration(connectionString: cluster.connectionString)
    try await cluster.stop()
    try await withSignals(configuration, ["c"]) { signals in
      #expect(await signals.next() == .lost)
      try await cluster.start()
      #expect(await signals.next() == .connected)
      try await cluster.stop()
      #expect(await signals.next() == .lost)
    }
  }
}
