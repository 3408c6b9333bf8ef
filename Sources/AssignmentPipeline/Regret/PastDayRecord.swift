public import BookingDomain
public import SeatingEngine

/// A service date as it is stored, for looking back.
public struct PastDayRecord: Sendable {
  /// Whoever had tables or should have had some.
  public internal(set) var day = PastDay()
  /// The bookings of ``day``, by id.
  public internal(set) var bookings: [BookingID: Booking] = [:]
  /// Parties that did not come.
  public internal(set) var noShows = 0
  /// Parties that cancelled when somebody had already been turned away from their time.
  public internal(set) var lateCancellations = 0
  /// Other cancellations; they cost nobody a table.
  public internal(set) var cancellations = 0
  /// Refused by hours, sizes, pacing and the like, before tables were asked for.
  public internal(set) var refusedByRules = 0
  /// Parties that have no tables yet, and may still get some.
  public internal(set) var waiting = 0

  /// All bookings of the date.
  public internal(set) var count = 0
}
