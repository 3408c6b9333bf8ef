/// A session on a thread of its own.
actor LibPQConnection {
  private let executor: QueueExecutor
  private let interrupt: Interrupt
  private let configuration: PostgresConfiguration
  private var session: LibPQSession?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private init(_ configuration: PostgresConfiguration) throws(PostgresError) {
    executor = QueueExecutor("headwaiter.postgres")
    interrupt = try Interrupt()
    self.configuration = configuration
  }

  /// Connects; cancelling the task stops that.
  static func open(_ configuration: PostgresConfiguration) async throws(PostgresError) -> LibPQConnection {
    let connection = try LibPQConnection(configuration)
    if let error = await connection.connect() { throw error }
    return connection
  }

  /// Makes a call. The caller must be the connection's only user. Cancelling the task cancels the statement.
  nonisolated func call(_ batch: Batch) async -> Reply {
    await cancellable { connection in connection.reply(to: batch) }
  }

  /// Makes a call that the task's cancellation does not stop, for cleaning up.
  func shieldedCall(_ batch: Batch) -> Reply { reply(to: batch) }

  /// What has been notified, as soon as there is something, or none after the time is up; nil if the connection is lost.
  nonisolated func notifications(within time: Duration) async -> [PostgresListener.Signal]? {
    await cancellable { connection in connection.session?.notifications(within: time) }
  }

  /// Whether the server is still there, as far as can be told without asking it.
  func isAlive() -> Bool { session?.isAlive() ?? false }

  func close() { session = nil }

  private nonisolated func connect() async -> PostgresError? {
    await cancellable { connection in
      do throws(PostgresError) {
        connection.session = try LibPQSession.open(connection.configuration, interrupt: connection.interrupt)
        return nil
      } catch {
        return error
      }
    }
  }

  private nonisolated func cancellable<Value: Sendable>(
    _ body: @Sendable (isolated LibPQConnection) -> Value
  ) async -> Value {
    let call = interrupt.begin()
    defer { interrupt.finish(call) }
    return await withTaskCancellationHandler {
      await run(body)
    } onCancel: {
      interrupt.cancel(call)
    }
  }

  private func run<Value: Sendable>(_ body: @Sendable (isolated LibPQConnection) -> Value) -> Value { body(self) }

  private func reply(to batch: Batch) -> Reply {
    guard let session else { return .failure(.closed, .unusable) }
    let reply = session.call(batch)
    switch reply.state {
    case .stale, .unusable: self.session = nil
    case .idle, .inTransaction: break
    }
    return reply
  }
}
