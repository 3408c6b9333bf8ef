import BookingDomain

/// Elapsed time for people.
enum ElapsedText {
  /// For example `8 ms`, `1.24 s`, `3 min 20 s`, `2 h 05 min`, `3 d 02 h`.
  static func text(_ elapsed: Duration) -> String {
    let milliseconds = elapsed.wholeMicroseconds / 1_000
    guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
    let seconds = milliseconds / 1_000
    if seconds < 60 { return "\(JSONTree.number(Double(milliseconds) / 1_000, decimals: 2).excerpt) s" }
    if seconds < 3_600 { return "\(seconds / 60) min \(two(seconds % 60)) s" }
    if seconds < 86_400 { return "\(seconds / 3_600) h \(two(seconds / 60 % 60)) min" }
    return "\(seconds / 86_400) d \(two(seconds / 3_600 % 24)) h"
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
