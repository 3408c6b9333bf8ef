public import AssignmentStore
public import BookingDomain
public import PostgresClient
import Resilience

/// Signals among processes by LISTEN and NOTIFY. What is told within a few milliseconds goes out as one statement.
public final class PostgresSignals: PeerSignals {
  /// How long signals are gathered.
  private static let gathering = Duration.milliseconds(3)
  private static let news = "headwaiter_news"
  /// Bookings of one notification, whose payload may have 8,000 bytes.
  private static let idsPerPayload = 150

  private struct Outbox {
    var workFor: Set<String> = []
    var ended: [BookingID] = []
    var hasNews = false
    var isScheduled = false
  }

  private let pool: PostgresPool
  private let listener: PostgresListener
  private let instance: String
  private let outbox = Locked(Outbox())

  /// - Parameters:
  ///   - store: for telling.
  ///   - listening: a direct connection, not through a proxy that pools transactions.
  public init(store: PostgresStore, listening: PostgresConfiguration, instance: String) {
    pool = store.pool
    self.instance = instance
    listener = PostgresListener(listening, channels: [Self.news, Self.channel(of: instance)])
  }

  public func tellWork(to instance: String) { gather { $0.workFor.insert(instance) } }

  public func tellNews(ended: [BookingID]) {
    gather { outbox in
      outbox.hasNews = true
      outbox.ended += ended
    }
  }

  public func listen(_ handle: @escaping @Sendable (PeerSignal) async -> Void) async {
    let own = instance
    await listener.run { signal in
      switch signal {
      case .connected: await handle(.reconnected)
      case .lost: break
      case .notification(Self.news, let payload):
        let parts = payload.split(separator: ",").map(String.init)
        guard let sender = parts.first, sender != own else { return }
        await handle(.news(ended: parts.dropFirst().map(BookingID.init(rawValue:))))
      case .notification: await handle(.work)
      }
    }
  }

  private func gather(_ change: (inout Outbox) -> Void) {
    let schedules = outbox.withLock { outbox in
      change(&outbox)
      defer { outbox.isScheduled = true }
      return !outbox.isScheduled
    }
    if schedules { Task { await flush() } }
  }

  private func flush() async {
    try? await Task.sleep(for: Self.gathering)
    let gathered = outbox.withLock { outbox in
      defer { outbox = Outbox() }
      return outbox
    }
    let notifications = notifications(gathered)
    // One that is lost is found by polling.
    _ = try? await pool.query(
      PostgresStatement(
        "SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS told (channel, payload)",
        [.texts(notifications.map(\.channel)), .texts(notifications.map(\.payload))]))
  }

  private func notifications(_ gathered: Outbox) -> [(channel: String, payload: String)] {
    var result = gathered.workFor.sorted().map { (channel: Self.channel(of: $0), payload: "") }
    guard gathered.hasNews else { return result }
    var ended = gathered.ended.map(\.rawValue)[...]
    repeat {
      result.append((Self.news, ([instance] + ended.prefix(Self.idsPerPayload)).joined(separator: ",")))
      ended = ended.dropFirst(Self.idsPerPayload)
    } while !ended.isEmpty
    return result
  }

  /// Channels are identifiers of at most 63 bytes.
  private static func channel(of instance: String) -> String { "headwaiter_\(instance)" }
}
