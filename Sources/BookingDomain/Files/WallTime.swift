/// Moments in a restaurant file: `2026-12-24T17:00` on the restaurant's clock.
///
/// A time that occurs twice means the first; RFC 3339 with an offset, which is read too, can mean the second.
enum WallTime {
  static let allowed = "YYYY-MM-DDTHH:MM on the restaurant's clock, or RFC 3339 with an offset"

  /// Nil if it is missing or wrong, which is reported, or if the calendar is.
  static func read(_ entry: JSONObjectReader, _ key: String, _ calendar: RestaurantCalendar?) -> Timestamp? {
    guard let tree = entry.required(key, allowed: allowed) else { return nil }
    guard case .string(let text) = tree.value, let moment = Moment(text) else {
      entry.report(key, "is not a time", allowed: allowed)
      return nil
    }
    switch moment {
    case .exact(let time): return time
    case .wall(let date, let minute): return calendar?.timestamp(date: date, minute: minute)
    }
  }

  /// The text that ``read(_:_:_:)`` takes for `time`.
  static func format(_ time: Timestamp, _ calendar: RestaurantCalendar) -> String {
    let (date, minute) = calendar.local(time)
    guard calendar.timestamp(date: date, minute: minute) == time else { return calendar.format(time) }
    return "\(date)T\(calendar.clockTime(time))"
  }

  private enum Moment {
    case exact(Timestamp)
    case wall(LocalDate, Int)

    init?(_ text: String) {
      let parts = text.split(separator: "T", omittingEmptySubsequences: false)
      if parts.count == 2, let date = LocalDate(parts[0]), let time = LocalTime(parts[1]) {
        self = .wall(date, time.minuteOfDay)
      } else if let time = RFC3339.parse(text) {
        self = .exact(time)
      } else {
        return nil
      }
    }
  }
}
