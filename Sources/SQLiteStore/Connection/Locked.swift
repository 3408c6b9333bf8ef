import Foundation

/// A value behind a lock; never hold it across an `await`, a callback or database work.
///
/// `NSLock`, because the thread sanitizer cannot see `Mutex` on this platform.
final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) { self.value = value }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
