import Resilience

/// Listens on a connection of its own and reconnects for ever.
public final class PostgresListener: Sendable {
  public enum Signal: Sendable, Hashable {
    case notification(channel: String, payload: String)
    /// Listening, also after each reconnect: something may have been missed.
    case connected
    /// Not listening any more, or not yet because the server cannot be reached. Not repeated while it stays so.
    case lost
  }

  private static let backoff = Backoff(base: .milliseconds(100), limit: .seconds(5), jitter: .milliseconds(200))

  private let configuration: PostgresConfiguration
  private let channels: [String]
  /// After this silence the server is asked whether it is still there.
  private let pingInterval: Duration

  /// - Parameter configuration: of a direct connection; through a transaction-pooling proxy nothing would arrive.
  public convenience init(_ configuration: PostgresConfiguration, channels: Set<String>) {
    self.init(configuration, channels: channels, pingInterval: .seconds(10))
  }

  init(_ configuration: PostgresConfiguration, channels: Set<String>, pingInterval: Duration) {
    self.configuration = configuration
    self.channels = channels.sorted()
    self.pingInterval = pingInterval
  }

  /// Runs until the task is cancelled. Signals come one at a time and in order.
  public func run(_ handle: @Sendable (Signal) async -> Void) async {
    var failures = 0
    while !Task.isCancelled {
      if let connection = try? await connect() {
        failures = 0
        await handle(.connected)
        await listen(connection, handle)
        await connection.close()
      }
      if Task.isCancelled { return }
      if failures == 0 { await handle(.lost) }
      try? await Task.sleep(for: Self.backoff.delay(retries: failures, random: .random(in: 0...1)))
      failures += 1
    }
  }

  private func connect() async throws(PostgresError) -> LibPQConnection {
    let connection = try await LibPQConnection.open(configuration)
    // Identifiers are quoted by doubling the quotes in them.
    let statements = channels.map { PostgresStatement("LISTEN \"\($0.replacing("\"", with: "\"\""))\"") }
    _ = try await connection.call(.whole(statements)).outcome.get()
    return connection
  }

  private func listen(_ connection: LibPQConnection, _ handle: @Sendable (Signal) async -> Void) async {
    while !Task.isCancelled {
      guard let signals = await connection.notifications(within: pingInterval) else { return }
      for signal in signals { await handle(signal) }
      guard signals.isEmpty else { continue }
      let reply = await connection.call(.whole([PostgresStatement("SELECT 1")]))
      guard reply.state == .idle else { return }
    }
  }
}
