import Foundation

/// Converts between stored time and the wall clock of one restaurant's time zone.
public struct RestaurantCalendar: Sendable, Hashable {
  /// IANA name, for example `Europe/London`.
  public let identifier: String
  private let zone: TimeZone

  /// - Returns: nil for a name that the system's time zone data does not know.
  public init?(identifier: String) {
    // Not the system's list of known names: it lacks current ones such as Asia/Kolkata. Abbreviations, which it would
    // take too, have no slash.
    guard identifier.contains("/") || identifier == "UTC" || identifier == "GMT",
      let zone = TimeZone(identifier: identifier)
    else { return nil }
    self.identifier = identifier
    self.zone = zone
  }

  /// Seconds that the wall clock is ahead of UTC at `time`.
  public func offsetSeconds(at time: Timestamp) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.seconds)))
  }

  /// The moment when the wall clock shows `minute` minutes after the midnight that begins `date`.
  /// A time in a daylight-saving gap moves forward by the gap; one that occurs twice is the first.
  /// - Parameter minute: may be 1440 or more for the days that follow.
  public func timestamp(date: LocalDate, minute: Int) -> Timestamp {
    let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(minute) * 60
    let before = offsetSeconds(at: Timestamp(seconds: local - 86_400))
    let after = offsetSeconds(at: Timestamp(seconds: local + 86_400))
    let candidates = [before, after].map { offset in (offset, Timestamp(seconds: local - Int64(offset))) }
    let real = candidates.filter { offset, time in offsetSeconds(at: time) == offset }.map(\.1)
    return real.min() ?? Timestamp(seconds: local - Int64(before))
  }

  /// What the wall clock shows at `time`: its date, and whole minutes since that date's midnight.
  public func local(_ time: Timestamp) -> (date: LocalDate, minute: Int) {
    let local = time.seconds + Int64(offsetSeconds(at: time))
    let day = local.flooredQuotient(by: 86_400)
    return (LocalDate(daysSinceEpoch: Int(day)), Int((local - day * 86_400) / 60))
  }

  /// RFC 3339 in this zone.
  public func format(_ time: Timestamp) -> String {
    RFC3339.format(time, offsetSeconds: offsetSeconds(at: time))
  }

  /// `HH:MM` on the wall clock.
  public func clockTime(_ time: Timestamp) -> String {
    LocalTime(minuteOfDay: local(time).minute)?.description ?? ""
  }

  /// The window from the midnight that begins `date` to the one that ends it; 23 to 25 hours.
  public func day(_ date: LocalDate) -> TimeWindow {
    TimeWindow(start: timestamp(date: date, minute: 0), end: timestamp(date: date.adding(days: 1), minute: 0))
  }
}
