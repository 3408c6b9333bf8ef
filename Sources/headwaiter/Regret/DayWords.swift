import BookingDomain

/// Dates and numbers as a person says them.
enum DayWords {
  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// For example `Friday 4 December 2026`.
  static func long(_ date: LocalDate) -> String {
    let (year, month, day) = date.components
    let weekday = Weekday.allCases.firstIndex(of: date.weekday).map { weekdays[$0] } ?? ""
    return "\(weekday) \(day) \(months[month - 1]) \(year)"
  }

  static func parties(_ number: Int) -> String { number.counted("party", "parties") }

  static func guests(_ number: Int) -> String { number.counted("guest") }

  /// For example `a, b and c`.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
