public import BookingDomain
import Foundation

/// Identifiers `prefix-1`, `prefix-2` … in the order of the calls.
public final class SequentialIDs: IDGenerator, @unchecked Sendable {
  private let prefix: String
  private let lock = NSLock()
  private var count = 0

  public init(_ prefix: String = "id") { self.prefix = prefix }

  public func next() -> String {
    lock.withLock {
      count += 1
      return "\(prefix)-\(count)"
    }
  }
}
