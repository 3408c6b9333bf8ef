import Foundation
import Resilience

/// Reaches a thread that waits for a socket: one end of a pipe is watched beside it.
///
/// Calls are numbered, so that a cancellation which comes late does not hit the next call.
final class Interrupt: Sendable {
  private struct State {
    var call = 0
    var isCancelled = false
  }

  /// Readable while the current call is cancelled.
  let descriptor: Int32
  private let writeEnd: Int32
  private let state = Locked(State())

  init() throws(PostgresError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw PostgresError(.connection("this process has no file descriptors left")) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  /// Starts a call; only the user of the connection does.
  func begin() -> Int {
    state.withLock {
      $0.call += 1
      return $0.call
    }
  }

  /// Cancels the call if it is still the current one.
  func cancel(_ call: Int) {
    state.withLock {
      guard $0.call == call, !$0.isCancelled else { return }
      $0.isCancelled = true
      var byte: UInt8 = 1
      _ = write(writeEnd, &byte, 1)
    }
  }

  /// Ends the call; a cancellation from now on has no effect.
  func finish(_ call: Int) {
    state.withLock {
      guard $0.call == call else { return }
      $0.call += 1
      guard $0.isCancelled else { return }
      $0.isCancelled = false
      var byte: UInt8 = 0
      _ = read(descriptor, &byte, 1)
    }
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }
}
