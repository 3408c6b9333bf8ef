import BookingDomain

/// Times for people.
enum TimeText {
  /// In UTC, for example `2026-12-04 19:00Z`.
  static func minute(_ time: Timestamp) -> String {
    String(time.flooredToMinute.description.prefix(16)).replacing("T", with: " ") + "Z"
  }

  /// In UTC, for example `2026-12-04 19:00:05Z`.
  static func second(_ time: Timestamp) -> String {
    String(Timestamp(seconds: time.seconds).description.prefix(19)).replacing("T", with: " ") + "Z"
  }

  /// On the restaurant's clock, for example `2026-12-04 19:00`.
  static func minute(_ time: Timestamp, in calendar: RestaurantCalendar) -> String {
    "\(calendar.local(time).date) \(calendar.clockTime(time))"
  }

  /// On the restaurant's clock to the millisecond, for example `2026-12-04 19:00:05.123`; in UTC without one.
  static func exact(_ time: Timestamp, in calendar: RestaurantCalendar?) -> String {
    let local = time.adding(.seconds(calendar?.offsetSeconds(at: time) ?? 0))
    let second = String(Timestamp(seconds: local.seconds).description.prefix(19)).replacing("T", with: " ")
    let thousandths = (local.microseconds - local.seconds * 1_000_000) / 1_000
    let digits = "\(thousandths)"
    return second + "." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
