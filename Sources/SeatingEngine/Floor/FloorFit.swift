/// Whether a floor could ever seat a party, all tables free.
public enum FloorFit: String, Sendable, Hashable, Codable {
  /// At least one table or combination takes the party.
  case fits
  /// Every table and combination is too small.
  case tooLarge = "too_large"
  /// Some would hold the party, but all of those ask for a larger one.
  case tooSmall = "too_small"
}
