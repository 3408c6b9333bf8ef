/// Bounds of what a restaurant file may say (product specification §12, and beyond it what no real house exceeds).
public enum RestaurantLimits {
  public static let party = 1...500
  public static let tables = 1...500
  public static let capacity = 1...100
  public static let zones = 1...100
  /// As many as 500 tables have pairs.
  public static let adjacentPairs = 0...124_750
  public static let combinations = 0...2_000
  public static let combinationTables = 2...50
  public static let blocks = 0...5_000
  public static let tags = 0...50
  public static let priority = -10_000...10_000
  /// About metres.
  public static let coordinate = -10_000.0...10_000.0
  /// About metres.
  public static let size = 0.01...1_000.0
  /// Degrees.
  public static let rotation = -360.0...360.0
  public static let openingHours = 0...100
  public static let servicePeriods = 0...100
  public static let exceptions = 0...4_000
  public static let turnBands = 1...100
  public static let turnMinutes = 1...1_440
  public static let intervalMinutes = 1...1_440
  public static let bufferMinutes = 0...720
  public static let lastSeatingMinutes = 0...1_440
  public static let pacingLimit = 0...100_000
  public static let maxTables = 1...20
  public static let spareSeats = 0...500
  public static let holdSeconds = 1...86_400
  /// Thirty days.
  public static let leadMinutes = 0...43_200
  public static let gainPercent = 0...1_000
  public static let churn = 0...5_000
  public static let demand = 0...700
  public static let expectedParties = 0...5_000
  /// Bookings of one restaurant on one date.
  public static let bookingsPerDay = 5_000
}

/// Lists names in messages.
enum NameList {
  /// At most 12 names, then how many more there are.
  static func text(_ names: some Collection<String>) -> String {
    if names.isEmpty { return "none" }
    let shown = names.prefix(12).map { ValueExcerpt.escaped($0) }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}
