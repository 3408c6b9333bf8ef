/// A day of the week, Monday first.
public enum Weekday: Int, CaseIterable, Sendable, Codable {
  case mon, tue, wed, thu, fri, sat, sun

  /// The three letters used in restaurant files: `mon` … `sun`.
  public var name: String { String(describing: self) }

  public init?(name: String) {
    guard let day = Weekday.allCases.first(where: { $0.name == name }) else { return nil }
    self = day
  }
}

/// A calendar date of the proleptic Gregorian calendar, without a time zone.
public struct LocalDate: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let daysSinceEpoch: Int

  public init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

  /// - Returns: nil for a date that does not exist, or a year outside 1970…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1970...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= LocalDate.daysInMonth(month, year: year)
    else { return nil }
    daysSinceEpoch = LocalDate.days(year: year, month: month, day: day)
  }

  /// Reads `2026-12-25`.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = DigitParser.number(bytes[0..<4]), let month = DigitParser.number(bytes[5..<7]),
      let day = DigitParser.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public func adding(days: Int) -> LocalDate { LocalDate(daysSinceEpoch: daysSinceEpoch + days) }

  public var weekday: Weekday { Weekday.allCases[(((daysSinceEpoch + 3) % 7) + 7) % 7] }

  /// Year, month and day. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (civil_from_days).
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  public var description: String {
    let (year, month, day) = components
    return "\(year)".padded(to: 4) + "-" + "\(month)".padded(to: 2) + "-" + "\(day)".padded(to: 2)
  }

  public static func < (lhs: LocalDate, rhs: LocalDate) -> Bool { lhs.daysSinceEpoch < rhs.daysSinceEpoch }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = LocalDate(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date (YYYY-MM-DD): \(text)")
    }
    self = date
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Source: H. Hinnant, as above (days_from_civil).
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.flooredQuotient(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A wall-clock time as minutes after the midnight that begins a date; 1440 is the midnight that ends it.
public struct LocalTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 0…1440.
  public let minuteOfDay: Int

  /// - Returns: nil outside 0…1440.
  public init?(minuteOfDay: Int) {
    guard (0...1440).contains(minuteOfDay) else { return nil }
    self.minuteOfDay = minuteOfDay
  }

  /// Reads `HH:MM`, `00:00` to `24:00`.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = DigitParser.number(bytes[0..<2]),
      let minute = DigitParser.number(bytes[3..<5]), minute < 60
    else { return nil }
    self.init(minuteOfDay: hour * 60 + minute)
  }

  public static func < (lhs: LocalTime, rhs: LocalTime) -> Bool { lhs.minuteOfDay < rhs.minuteOfDay }

  public var description: String {
    "\(minuteOfDay / 60)".padded(to: 2) + ":" + "\(minuteOfDay % 60)".padded(to: 2)
  }
}

enum DigitParser {
  /// The number that these ASCII digits spell, or nil if one of them is none.
  static func number(_ digits: some Collection<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit >= 48, digit <= 57 else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return digits.isEmpty ? nil : value
  }
}

extension String {
  /// This text with zeros put before it up to `width` characters.
  func padded(to width: Int) -> String {
    count >= width ? self : String(repeating: "0", count: width - count) + self
  }
}
