import Dispatch
import Resilience

/// Connections to one server, lent for one call or transaction at a time. Opens them when they are wanted.
///
/// Every call has the configured statement time-out and obeys the task's cancellation: both really cancel the statement.
public final class PostgresPool: Sendable {
  typealias Grant = CheckedContinuation<Result<LibPQConnection, PostgresError>, Never>
  typealias Machine = PoolStateMachine<LibPQConnection, Grant, ContinuousClock.Instant>

  /// Short, so that a server that is back is found at once; only one connection at a time asks.
  static let backoff = Backoff(base: .milliseconds(50), limit: .milliseconds(500), jitter: .milliseconds(100))

  /// What it was made with.
  public let configuration: PostgresConfiguration
  private let machine: Locked<Machine>
  private let closing = Locked<[CheckedContinuation<Void, Never>]>([])
  private let timer = DispatchQueue(label: "headwaiter.postgres.pool")

  /// Opens nothing yet.
  public init(_ configuration: PostgresConfiguration) {
    self.configuration = configuration
    machine = Locked(
      Machine(limit: configuration.poolSize, waitTimeout: configuration.waitTimeout, backoff: Self.backoff))
  }

  public var counts: PostgresPoolCounts { machine.withLock { $0.counts } }

  /// Runs one statement in a transaction of its own.
  public func query(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresResult {
    var error: PostgresError
    do throws(PostgresError) {
      return try await call(.whole([statement]))[0]
    } catch let caught {
      error = caught
    }
    error.statementIndex = nil
    throw error
  }

  /// Runs all statements in one round trip and one transaction: all or nothing.
  /// - Throws: with the index of the statement that failed.
  public func pipeline(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
    if statements.isEmpty { return [] }
    return try await call(.whole(statements))
  }

  /// Reads with all statements in one round trip and one REPEATABLE READ snapshot. Writes are refused (25006).
  /// - Throws: with the index of the statement that failed.
  public func snapshot(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
    if statements.isEmpty { return [] }
    return try await call(.snapshot(statements))
  }

  /// Runs a text of several statements without parameters, for migrations. One transaction, unless it ends one itself.
  /// - Parameter timeout: instead of the statement time-out, since migrations may take long.
  public func script(_ sql: String, timeout: Duration? = nil) async throws(PostgresError) {
    _ = try await call(.script(sql, timeout: timeout))
  }

  /// Refuses new calls, waits for those under way, and ends the connections.
  public func close() async {
    await withCheckedContinuation { done in
      closing.withLock { $0.append(done) }
      perform(machine.withLock { $0.close() })
    }
  }

  private func call(_ batch: Batch) async throws(PostgresError) -> [PostgresResult] {
    while true {
      let connection = try await acquire()
      let reply = await connection.call(batch)
      release(connection, isUsable: reply.state == .idle)
      guard reply.state == .stale else { return try reply.outcome.get() }
    }
  }

  func acquire() async throws(PostgresError) -> LibPQConnection {
    guard !Task.isCancelled else { throw PostgresError(.cancelled) }
    if let connection = machine.withLock({ $0.takeIdle() }) { return connection }
    let id = machine.withLock { $0.nextWaiterID() }
    let grant = await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: Grant) in
        perform(machine.withLock { $0.acquire(waiter, id: id, now: .now) })
        // The handler below may have come before the waiter.
        if Task.isCancelled { perform(machine.withLock { $0.cancel(id) }) }
      }
    } onCancel: {
      perform(machine.withLock { $0.cancel(id) })
    }
    return try grant.get()
  }

  func release(_ connection: LibPQConnection, isUsable: Bool) {
    perform(machine.withLock { $0.release(connection, isUsable: isUsable, now: .now) })
  }

  private func perform(_ actions: [Machine.Action]) {
    for action in actions { perform(action) }
  }

  private func perform(_ action: Machine.Action) {
    switch action {
    case .grant(let waiter, let connection): waiter.resume(returning: .success(connection))
    case .fail(let waiter, let error): waiter.resume(returning: .failure(error))
    case .open: Task.detached { await self.open() }
    case .end(let connection): Task.detached { await self.end(connection) }
    case .wake(let time): wake(at: time)
    case .drained:
      let done = closing.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      for each in done { each.resume() }
    }
  }

  private func open() async {
    do throws(PostgresError) {
      let connection = try await LibPQConnection.open(configuration)
      perform(machine.withLock { $0.opened(connection, now: .now) })
    } catch {
      perform(machine.withLock { $0.openingFailed(error, now: .now, random: .random(in: 0...1)) })
    }
  }

  private func end(_ connection: LibPQConnection) async {
    await connection.close()
    perform(machine.withLock { $0.ended() })
  }

  private func wake(at time: ContinuousClock.Instant) {
    let rest = ContinuousClock.now.duration(to: time).components
    let seconds = Double(rest.seconds) + Double(rest.attoseconds) * 1e-18
    timer.asyncAfter(deadline: .now() + max(seconds, 0)) { [weak self] in
      guard let self else { return }
      perform(machine.withLock { $0.expire(now: .now) })
    }
  }
}
