public import BookingDomain

/// A rule that fired, with the value that failed.
public struct RollbackFinding: Sendable, Hashable, Codable {
  /// The rules, the most drastic first.
  public enum Rule: String, Sendable, Codable, CaseIterable { case error, breaker, incident, review, restaurant }

  /// What follows.
  public enum Outcome: String, Sendable, Codable, CaseIterable {
    /// V3 off and shadow on, for all.
    case switchOff = "switch_off"
    case stepBack = "step_back"
    /// The restaurant to legacy alone; the phase holds.
    case restaurantOut = "restaurant_out"
  }

  public var rule: Rule
  /// Percent, or seconds for the breaker; nil for an incident.
  public var value: Double?
  /// Bookings that the value is of; 0 where it is none's.
  public var sample: Int
  /// The one-sided 95 % lower bound in percent; nil where there is no sample.
  public var bound: Double?
  /// In the unit of the value; nil for an incident.
  public var limit: Double?
  public var restaurant: RestaurantID?
  /// One line in words.
  public var sentence: String

  public init(
    rule: Rule, value: Double? = nil, sample: Int = 0, bound: Double? = nil, limit: Double? = nil,
    restaurant: RestaurantID? = nil, sentence: String
  ) {
    self.rule = rule
    self.value = value
    self.sample = sample
    self.bound = bound
    self.limit = limit
    self.restaurant = restaurant
    self.sentence = sentence
  }

  public var outcome: Outcome {
    switch rule {
    case .error, .breaker, .incident: .switchOff
    case .review: .stepBack
    case .restaurant: .restaurantOut
    }
  }
}
