/// When a booking in review raises an alert and when it is declined (product specification §2, "Manual review has an end").
public struct ReviewTimes: Sendable, Hashable {
  public let alertAt: Timestamp
  /// Nil when the house keeps its bookings in review.
  public let declineAt: Timestamp?

  /// - Parameters:
  ///   - bookedAt: when the booking was made; the lead time counts from it.
  public init(policy: ReviewPolicy, start: Timestamp, bookedAt: Timestamp) {
    let lead = max(0, Int(start.since(bookedAt).components.seconds / 60))
    alertAt = start.adding(minutes: -min(policy.alertBeforeMinutes, lead / 2))
    // Booked less than an hour ahead: at a quarter of the lead time.
    let decline = lead < 60 ? min(policy.declineBeforeMinutes, lead / 4) : policy.declineBeforeMinutes
    declineAt = policy.declineAutomatically ? start.adding(minutes: -decline) : nil
  }
}
