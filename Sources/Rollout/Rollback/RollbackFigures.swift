public import BookingDomain

/// What the rules of automatic rollback look at: V3's deciding bookings of the present run, in their windows.
public struct RollbackFigures: Sendable, Hashable, Codable {
  /// Eligible that ended within the window of the error rule, and those of them with an error.
  public var windowEligible = 0
  public var windowErrors = 0
  /// The last eligible, at most as many as the review rule looks at, and those of them ever in review.
  public var lastEligible = 0
  public var lastReviewed = 0
  /// For how long the breaker that has been open longest has been open now; 0 if none is.
  public var breakerOpenSeconds = 0.0
  /// The worst incident of this run; nil without one.
  public var worstIncident: IncidentLevel?
  public var restaurants: [RestaurantFigures] = []

  public init() {}

  /// One restaurant with V3, and how legacy did there before.
  public struct RestaurantFigures: Sendable, Hashable, Codable {
    public var id: RestaurantID
    public var eligible: Int
    /// Eligible that were in review or failed.
    public var reviewedOrFailed: Int
    public var legacyEligible: Int
    public var legacyReviewedOrFailed: Int

    public init(
      id: RestaurantID, eligible: Int, reviewedOrFailed: Int, legacyEligible: Int, legacyReviewedOrFailed: Int
    ) {
      self.id = id
      self.eligible = eligible
      self.reviewedOrFailed = reviewedOrFailed
      self.legacyEligible = legacyEligible
      self.legacyReviewedOrFailed = legacyReviewedOrFailed
    }
  }
}
