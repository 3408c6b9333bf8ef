/// When a phase with automatic rollback rolls back, and what each rule needs. Limits in percent, on lower bounds.
public struct RollbackRules: Sendable, Hashable, Codable {
  public var error = ErrorRule()
  public var review = ReviewRule()
  public var breaker = BreakerRule()
  public var incident = IncidentRule()
  public var restaurant = RestaurantRule()

  public init() {}

  /// Errors of V3 in a sliding window.
  public struct ErrorRule: Sendable, Hashable, Codable {
    public var isOn = true
    public var abovePercent = 5.0
    public var windowMinutes = 10
    public var leastEligible = 20

    public init() {}
  }

  /// Reviews among the last eligible bookings of V3.
  public struct ReviewRule: Sendable, Hashable, Codable {
    public var isOn = true
    public var abovePercent = 10.0
    /// Bookings looked at, and needed.
    public var lastEligible = 100

    public init() {}
  }

  /// A breaker that stays open.
  public struct BreakerRule: Sendable, Hashable, Codable {
    public var isOn = true
    /// Fires when open for longer.
    public var openSeconds = 300

    public init() {}
  }

  /// An incident P0 or P1.
  public struct IncidentRule: Sendable, Hashable, Codable {
    public var isOn = true

    public init() {}
  }

  /// One restaurant that does badly by the limit and by its own record with legacy.
  public struct RestaurantRule: Sendable, Hashable, Codable {
    public var isOn = true
    public var abovePercent = 10.0
    public var leastEligible = 30

    public init() {}
  }
}
