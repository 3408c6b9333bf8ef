public import BookingDomain

/// How far a rehearsal is.
public struct RehearsalProgress: Sendable, Hashable {
  /// Simulated.
  public var at: Timestamp
  public var booked: Int
  /// Guests in all.
  public var total: Int
  /// Nil before the first.
  public var phase: String?
}

/// What came of the guests.
public struct RehearsalTally: Sendable, Hashable {
  /// Guests who asked.
  public var asked = 0
  /// Bookings that were stored.
  public var booked = 0
  /// Of them.
  public var confirmed = 0
  public var manualReview = 0
  public var failed = 0
  /// Bookings whose automatic work has not ended; none may be left.
  public var unfinished = 0
  /// Guests who were told to come back, since storage was away.
  public var askedAgain = 0
  /// Guests who were refused for good, such as those whose time had passed when storage was back.
  public var refused = 0
  /// Decided by V3.
  public var byV3 = 0
  /// Eligible bookings that came into review, or failed for a reason of the system, made since the first fault
  /// began; without a fault, in the whole rehearsal.
  public var affected = 0
  /// Of them, those that V3 decided.
  public var affectedByV3 = 0

  public init() {}
}
