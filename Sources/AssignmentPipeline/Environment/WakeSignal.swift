import Resilience

/// Wakes those who sleep for work in this process. A wake that nobody waits for is remembered once.
public final class WakeSignal: Sendable {
  private struct State {
    var isPending = false
    var nextID = 0
    var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
    var toPeers: (@Sendable () -> Void)?
  }

  private let state = Locked(State())

  public init() {}

  /// From now on a wake is told to other processes as well.
  public func connect(toPeers tell: @escaping @Sendable () -> Void) { state.withLock { $0.toPeers = tell } }

  /// Wakes all sleepers, or the next one to come.
  public func wake() {
    wakeHere()
    state.withLock { $0.toPeers }?()
  }

  /// Wakes those of this process alone.
  public func wakeHere() {
    let sleepers = state.withLock { state in
      state.isPending = state.sleepers.isEmpty
      defer { state.sleepers = [:] }
      return Array(state.sleepers.values)
    }
    for sleeper in sleepers { sleeper.resume() }
  }

  /// Sleeps until woken, until `limit` has passed, or until the task is cancelled.
  public func sleep(atMost limit: Duration) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait() }
      group.addTask { try? await Task.sleep(for: limit) }
      await group.next()
      group.cancelAll()
    }
  }

  private func wait() async {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state in
          if state.isPending || Task.isCancelled {
            state.isPending = false
            return true
          }
          state.sleepers[id] = continuation
          return false
        }
        if resumeNow { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.resume()
    }
  }
}
