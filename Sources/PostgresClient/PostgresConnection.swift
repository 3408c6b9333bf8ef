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

  private let connection: LibPQConnection
  private let phase: Locked<Phase>
  private let usable = Locked(true)

  init(_ connection: LibPQConnection, beginning begin: PostgresStatement?) {
    self.connection = connection
    phase = Locked(begin.map(Phase.beginning) ?? .direct)
  }

  /// Runs one statement.
  public func query(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresResult {
    try await pipeline([statement])[0]
  }

  /// Runs statements in one round trip. After an error in a transaction only a rollback is left, to a savepoint or of all.
  /// - Throws: with the index of the statement that failed.
  public func pipeline(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
    let batch: Batch =
      switch phase.withLock({ $0 }) {
      case .direct: .whole(statements)
      case .beginning(let begin): .part(statements, beginning: begin)
      case .inTransaction: .part(statements, beginning: nil)
      case .ended: throw PostgresError(.closed)
      }
    phase.withLock { if case .beginning = $0 { $0 = .inTransaction } }
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
    guard case .inTransaction = end(), usable.withLock({ $0 }) else { return }
    note(await connection.shieldedCall(.rollback))
  }

  /// Whether the connection may go back to the pool.
  func finish() async -> Bool {
    _ = end()
    guard usable.withLock({ $0 }) else { return false }
    return await connection.isIdle()
  }

  private func end() -> Phase {
    phase.withLock { phase in
      defer { phase = .ended }
      return phase
    }
  }

  private func call(_ batch: Batch) async -> Result<[PostgresResult], PostgresError> {
    let reply = await connection.call(batch)
    note(reply)
    return reply.outcome
  }

  private func note(_ reply: Reply) {
    if !reply.isUsable { usable.withLock { $0 = false } }
  }
}
