/// Mean minutes that parties stay at the table, by size and weekday (`data/dining-minutes.csv`).
///
/// Source: S. E. Kimes and G. M. Thompson, slides on table mix; one restaurant of 240 seats.
public enum DiningMinutes {
  /// For parties of 1 to 8, Monday to Sunday.
  public static let means: [[Double]] = [
    [38.3, 43.0, 35.7, 40.6, 48.3, 42.9, 40.5],
    [47.0, 47.8, 47.5, 47.9, 47.4, 46.4, 45.5],
    [53.4, 52.6, 52.9, 49.7, 53.7, 50.5, 48.4],
    [52.6, 52.8, 56.7, 53.0, 55.7, 54.9, 51.1],
    [62.3, 60.3, 59.5, 66.1, 55.4, 55.2, 54.5],
    [67.0, 61.8, 66.3, 59.8, 63.5, 61.0, 69.9],
    [73.5, 83.0, 74.1, 58.8, 59.8, 62.4, 68.7],
    [76.2, 89.0, 59.5, 92.5, 74.8, 72.2, 62.6],
  ]

  /// Larger parties than the source has stay as long as its largest.
  /// - Parameter weekday: 0 is Monday.
  public static func mean(party: Int, weekday: Int) -> Double {
    means[min(max(party, 1), means.count) - 1][weekday]
  }
}
