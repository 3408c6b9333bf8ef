/// How far a transaction is kept apart from others.
public enum PostgresIsolation: String, Sendable, CaseIterable {
  case readCommitted = "READ COMMITTED"
  case repeatableRead = "REPEATABLE READ"
  case serializable = "SERIALIZABLE"
}

extension PostgresPool {
  /// Runs what needs results between statements: BEGIN, `body`, COMMIT; ROLLBACK if `body` throws.
  ///
  /// It does not try again after 40001 or 40P01: that is the caller's decision.
  public func transaction<Value: Sendable>(
    isolation: PostgresIsolation = .readCommitted, _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    let begin = PostgresStatement("BEGIN ISOLATION LEVEL \(isolation.rawValue)")
    return try await lend(beginning: begin) { connection in
      do {
        let value = try await body(connection)
        try await connection.commit()
        return value
      } catch {
        await connection.rollback()
        throw error
      }
    }
  }

  /// Lends a connection for several calls, each a transaction of its own.
  ///
  /// - Important: what is set for the session stays for its next user.
  public func withConnection<Value: Sendable>(
    _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    try await lend(beginning: nil, body)
  }

  private func lend<Value: Sendable>(
    beginning begin: PostgresStatement?, _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    let connection = try await acquireAlive()
    let lease = PostgresConnection(connection, beginning: begin)
    defer { release(connection, isUsable: lease.finish()) }
    return try await body(lease)
  }

  private func acquireAlive() async throws(PostgresError) -> LibPQConnection {
    while true {
      let connection = try await acquire()
      if await connection.isAlive() { return connection }
      release(connection, isUsable: false)
    }
  }
}
