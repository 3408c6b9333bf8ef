public import BookingDomain

/// A circuit breaker that a person forced open or closed, for all instances, until someone lets go of it.
public struct BreakerOverride: Sendable, Hashable {
  public enum Position: String, Sendable, Codable, CaseIterable { case open, closed }

  /// As the breaker is called everywhere: `storage`, `engine:<restaurant>`, `notifier:<name>`.
  public var name: String
  public var position: Position
  public var reason: String
  /// Name of the API key or operator.
  public var actor: String
  public var at: Timestamp

  public init(name: String, position: Position, reason: String, actor: String, at: Timestamp) {
    self.name = name
    self.position = position
    self.reason = reason
    self.actor = actor
    self.at = at
  }
}

/// A breaker that is open in one process, without having been closed in between.
public struct BreakerOpening: Sendable, Hashable {
  public var instance: String
  public var name: String
  public var openedAt: Timestamp

  public init(instance: String, name: String, openedAt: Timestamp) {
    self.instance = instance
    self.name = name
    self.openedAt = openedAt
  }
}
