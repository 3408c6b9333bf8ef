public import BookingDomain

/// A line of a rehearsal's timeline.
public struct RehearsalMoment: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case entered, held, resumed, drill, incident
    case rolledBack = "rolled_back"
    case restaurantOut = "restaurant_out"
    /// Somebody wanted to advance, and a criterion did not pass.
    case gate
    case faultBegan = "fault_began"
    case faultEnded = "fault_ended"
    case aborted
  }

  public var at: Timestamp
  public var kind: Kind
  public var phase: String?
  /// In words; may be empty.
  public var text: String
}
