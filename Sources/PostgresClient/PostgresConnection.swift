import Resilience

/// A connection that is yours for the duration of a closure.
///
/// Its calls come one after the other; do not share it between tasks. After the closure it refuses every call.
public final class PostgresConnection: Sendable {
  private enum Phase: Sendable {
    /// Each call is a transaction of its own.
    case direct
    /// The transaction begins with the first call, in the same round trip.
    case beginning(PostgresStatement)
    case inTransaction
    case ended
  }

  private struct State: Sendable {
    var phase: Phase
    var connection = Reply.ConnectionState.idle
  }

  private let connection: LibPQConnection
  private let state: Locked<State>

  init(_ connection: LibPQConnection, beginning begin: PostgresStatement?) {
    self.connection = connection
    state = Locked(State(phase: begin.map(Phase.beginning) ?? .direct))
  }

  /// Runs one statement.
  public func query(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresResult {
    try await pipeline([statement])[0]
  }

  /// Runs statements in one round trip. After an error in a transaction only a rollback is left, to a savepoint or of all.
  /// - Throws: with the index of the statement that failed.
  public func pipeline(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
    guard let batch = batch(statements) else { throw PostgresError(.closed) }
    return try await call(batch).get()
  }

  /// Ends the transaction.
  /// - Throws: 25P02 if a statement had failed, so that the server rolled back.
  func commit() async throws(PostgresError) {
    guard case .inTransaction = end() else { return }
    let results = try await call(.commit).get()
    guard results[0].commandTag == "COMMIT" else {
      throw PostgresError(
        .server(ServerMessage(sqlState: "25P02", message: "a statement had failed, so all was rolled back")))
    }
  }

  /// Undoes the transaction, even if the task is cancelled.
  func rollback() async {
    _ = end()
    guard state.withLock({ $0.connection }) == .inTransaction else { return }
    note(await connection.shieldedCall(.rollback))
  }

  /// Ends the lease.
  /// - Returns: whether the connection may go back to the pool.
  func finish() -> Bool {
    _ = end()
    return state.withLock { $0.connection } == .idle
  }

  private func batch(_ statements: [PostgresStatement]) -> Batch? {
    switch state.withLock({ $0.phase }) {
    case .direct: .whole(statements)
    case .beginning(let begin): .part(statements, beginning: begin)
    case .inTransaction: .part(statements, beginning: nil)
    case .ended: nil
    }
  }

  private func end() -> Phase {
    state.withLock { state in
      defer { state.phase = .ended }
      return state.phase
    }
  }

  private func call(_ batch: Batch) async -> Result<[PostgresResult], PostgresError> {
    let reply = await connection.call(batch)
    note(reply)
    return reply.outcome
  }

  private func note(_ reply: Reply) {
    state.withLock { state in
      state.connection = reply.state
      guard reply.wasSent else { return }
      switch (state.phase, reply.state) {
      case (.beginning, .inTransaction): state.phase = .inTransaction
      // A statement has ended the transaction: what comes next would be outside.
      case (.beginning, .idle), (.inTransaction, .idle): state.phase = .ended
      default: break
      }
    }
  }
}
