public import BookingDomain
import Resilience

/// Tells waiting requests of this process that a booking's automatic work has ended.
public final class ProgressHub: Sendable {
  private struct State {
    var nextID = 0
    var waiters: [BookingID: [Int: CheckedContinuation<Booking?, Never>]] = [:]
    var toPeers: (@Sendable (BookingID) -> Void)?
  }

  private let state = Locked(State())

  public init() {}

  /// From now on other processes are told as well.
  public func connect(toPeers tell: @escaping @Sendable (BookingID) -> Void) {
    state.withLock { $0.toPeers = tell }
  }

  /// Whether a request of this process waits for a booking.
  public func isAwaited(_ id: BookingID) -> Bool { state.withLock { $0.waiters[id] != nil } }

  /// Publishes a booking whose automatic work has ended. Who waits in another process is told if none does here.
  public func publish(_ booking: Booking) {
    let awaited = isAwaited(booking.id)
    publishHere(booking)
    if !awaited { state.withLock { $0.toPeers }?(booking.id) }
  }

  /// Tells the requests of this process alone.
  public func publishHere(_ booking: Booking) {
    let waiters = state.withLock { Array(($0.waiters.removeValue(forKey: booking.id) ?? [:]).values) }
    for waiter in waiters { waiter.resume(returning: booking) }
  }

  /// The booking when it is published, or nil when the time is up.
  public func next(_ id: BookingID, within limit: Duration) async -> Booking? {
    await withTaskGroup(of: Booking?.self) { group in
      group.addTask { await self.wait(for: id) }
      group.addTask {
        try? await Task.sleep(for: limit)
        return nil
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? nil
    }
  }

  private func wait(for id: BookingID) async -> Booking? {
    let ticket = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isCancelled = state.withLock { state in
          if Task.isCancelled { return true }
          state.waiters[id, default: [:]][ticket] = continuation
          return false
        }
        if isCancelled { continuation.resume(returning: nil) }
      }
    } onCancel: {
      remove(ticket, of: id)?.resume(returning: nil)
    }
  }

  private func remove(_ ticket: Int, of id: BookingID) -> CheckedContinuation<Booking?, Never>? {
    state.withLock { state in
      let waiter = state.waiters[id]?.removeValue(forKey: ticket)
      if state.waiters[id]?.isEmpty == true { state.waiters[id] = nil }
      return waiter
    }
  }
}
