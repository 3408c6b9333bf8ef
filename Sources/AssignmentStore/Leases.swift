public import BookingDomain

/// A lease as stored: its owner may work on the named thing until it ends.
public struct Lease: Sendable, Hashable {
  public var name: String
  public var owner: String
  /// Fencing token: higher for every later owner.
  public var token: Int64
  public var expiresAt: Timestamp

  public init(name: String, owner: String, token: Int64, expiresAt: Timestamp) {
    self.name = name
    self.owner = owner
    self.token = token
    self.expiresAt = expiresAt
  }

  /// The name of a booking's lease.
  public static func name(of booking: BookingID) -> String { "booking:\(booking)" }
}

/// Names a lease and the token it must still carry when something is written under it.
public struct Fence: Sendable, Hashable {
  public var name: String
  public var token: Int64

  public init(name: String, token: Int64) {
    self.name = name
    self.token = token
  }
}

/// The answer to a try to take a lease.
public enum LeaseAttempt: Sendable, Hashable {
  case acquired(Lease)
  /// Someone else has it until then, by the database's clock.
  case taken(until: Timestamp)
}
