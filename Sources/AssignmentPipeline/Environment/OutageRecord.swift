import Resilience

/// Whether storage was away for so long that people must see to what comes soon, before workers go on.
public final class OutageRecord: Sendable {
  private let long = Locked(false)

  public init() {}

  /// True from when storage has been away for too long until ``OutageKeeper`` has given to people what comes soon.
  public var isLong: Bool { long.withLock { $0 } }

  func set(isLong: Bool) { long.withLock { $0 = isLong } }
}
