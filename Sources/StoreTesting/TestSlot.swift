import Resilience

/// One of the few databases that tests of a process may have at once: hundreds run side by side, and a server has only so
/// many connections. Given back with the last reference.
public final class TestSlot: Sendable {
  private static let limit = 12

  private struct State {
    var taken = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private static let state = Locked(State())

  private init() {}

  deinit {
    let next = Self.state.withLock { state in
      if state.waiters.isEmpty { state.taken -= 1 }
      return state.waiters.isEmpty ? nil : state.waiters.removeFirst()
    }
    next?.resume()
  }

  /// Waits until one is free.
  public static func take() async -> TestSlot {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.taken < limit else {
          state.waiters.append(continuation)
          return false
        }
        state.taken += 1
        return true
      }
      if isFree { continuation.resume() }
    }
    return TestSlot()
  }
}
