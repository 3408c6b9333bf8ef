import Foundation

/// A value that one thread at a time may use, behind a lock.
///
/// A plain lock rather than `Synchronization.Mutex`, which the thread sanitizer cannot see on Linux. Never await inside.
public final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  public init(_ value: sending Value) { self.value = value }

  /// Runs `body` with the value, alone. Compute what to do inside, do it outside.
  public func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
