import CLibPQ
import Dispatch

/// Asks the server, over a connection of its own, to cancel what a session is running.
///
/// libpq's function blocks for as long as the network pleases, so it gets a thread of its own.
final class CancelRequest: Sendable {
  private static let queue = DispatchQueue(label: "headwaiter.postgres.cancel", attributes: .concurrent)
  private let group = DispatchGroup()

  init(for session: OpaquePointer) {
    guard let request = PQgetCancel(session) else { return }
    nonisolated(unsafe) let owned = request
    Self.queue.async(group: group) {
      var text = [CChar](repeating: 0, count: 256)
      _ = PQcancel(owned, &text, Int32(text.count))
      PQfreeCancel(owned)
    }
  }

  /// Whether the request has arrived or failed by then. Until it has, it may hit a later statement.
  func isOver(by deadline: ContinuousClock.Instant) -> Bool {
    let rest = ContinuousClock.now.duration(to: deadline).components
    let seconds = max(Double(rest.seconds) + Double(rest.attoseconds) * 1e-18, 0)
    return group.wait(timeout: .now() + seconds) == .success
  }
}
