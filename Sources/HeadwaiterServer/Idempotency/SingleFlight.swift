import Resilience

/// Lets one request of a key act at a time in this process; those that come meanwhile get its answer.
final class SingleFlight: Sendable {
  private struct Key: Hashable, Sendable {
    var scope: String
    var key: String
  }

  private struct Flight: Sendable {
    var fingerprint: String
    var task: Task<Reply, Never>
  }

  private let flights = Locked<[Key: Flight]>([:])

  init() {}

  /// Runs `body`, or waits for the one that already runs for the same key.
  /// - Throws: 422 if that one is another request.
  func run(_ request: KeyedRequest, _ body: @escaping @Sendable () async -> Reply) async throws -> Reply {
    let key = Key(scope: request.scope, key: request.key)
    // A task of its own: should the first client go away, those who wait still get the answer.
    let (flight, isFirst) = flights.withLock { flights in
      if let flight = flights[key] { return (flight, false) }
      let flight = Flight(fingerprint: request.fingerprint, task: Task { await body() })
      flights[key] = flight
      return (flight, true)
    }
    if !isFirst { try request.check(flight.fingerprint) }
    let reply = await flight.task.value
    if isFirst { flights.withLock { _ = $0.removeValue(forKey: key) } }
    return isFirst ? reply : reply.status < 500 ? reply.replayed : reply
  }
}
