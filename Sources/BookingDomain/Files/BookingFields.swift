/// The fields of one row of a bookings file by column, with spaces around them cut off.
struct BookingFields {
  /// Tags that one booking may have.
  static let tagLimit = 20

  let line: Int
  private let values: [BookingsFile.Column: (index: Int, text: String)]
  private let problems: ProblemCollector

  init(_ record: CSVReader.Record, columns: [BookingsFile.Column], problems: ProblemCollector) {
    line = record.line
    self.problems = problems
    var values: [BookingsFile.Column: (index: Int, text: String)] = [:]
    for (index, column) in columns.enumerated() { values[column] = (index, record.fields[index].trimmedOfSpaces) }
    self.values = values
  }

  func has(_ column: BookingsFile.Column) -> Bool { text(column) != nil }

  /// A field's text; nil where it is empty or the file has no such column.
  func text(_ column: BookingsFile.Column) -> String? {
    values[column].flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  func required(_ column: BookingsFile.Column, allowed: String) -> String? {
    if let text = text(column) { return text }
    report(column, "is empty", allowed: allowed)
    return nil
  }

  func report(_ column: BookingsFile.Column, _ message: String, allowed: String, suggestion: String? = nil) {
    let (index, text) = values[column] ?? (0, "")
    problems.add(
      "line \(line), column \(index + 1) (\(column.rawValue))", value: text.isEmpty ? nil : ValueExcerpt.quoted(text),
      message, allowed: allowed, suggestion: suggestion)
  }

  func bookingID() -> BookingID? {
    guard let text = required(.bookingID, allowed: TextRule.identifierAllowed) else { return nil }
    if TextRule.isIdentifier(text) { return BookingID(text) }
    report(.bookingID, "is no identifier", allowed: TextRule.identifierAllowed)
    return nil
  }

  func date() -> LocalDate? {
    let allowed = "YYYY-MM-DD, a date from 1970 to 9999"
    guard let text = required(.date, allowed: allowed) else { return nil }
    if let date = LocalDate(text) { return date }
    report(.date, "is not a date", allowed: allowed)
    return nil
  }

  func startMinute() -> Int? {
    let allowed = "HH:MM, 00:00 to 23:59"
    guard let text = required(.startTime, allowed: allowed) else { return nil }
    if let time = LocalTime(text), time.minuteOfDay < 1440 { return time.minuteOfDay }
    report(.startTime, "is not a time of day", allowed: allowed)
    return nil
  }

  /// A whole number of decimal digits.
  func int(_ column: BookingsFile.Column, _ range: ClosedRange<Int>) -> Int? {
    let allowed = JSONScalar.listed(range)
    guard let text = required(column, allowed: allowed) else { return nil }
    guard case .whole(let number) = whole(text) else {
      report(column, whole(text) == .tooLarge ? "is out of range" : "is not a whole number", allowed: allowed)
      return nil
    }
    if range.contains(number) { return number }
    report(column, "is out of range", allowed: allowed)
    return nil
  }

  private func whole(_ text: String) -> JSONNumber.Whole {
    let digits = text.hasPrefix("-") ? text.utf8.dropFirst() : text.utf8[...]
    return !digits.isEmpty && digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) ? JSONNumber.whole(text) : .fraction
  }

  /// The name of something that the restaurant has.
  /// - Parameter known: nil if the restaurant itself is unknown, which is reported elsewhere.
  func name(_ column: BookingsFile.Column, of known: [String]?) -> String? {
    guard let text = text(column), let known else { return nil }
    if known.contains(text) { return text }
    report(
      column, "is not one of the restaurant's", allowed: NameList.text(known),
      suggestion: Spelling.closest(to: text, in: known))
    return nil
  }

  /// Tags, separated by semicolons or spaces.
  func tags() -> Set<String> {
    let list = (text(.tags) ?? "").split(whereSeparator: { $0 == ";" || $0 == " " }).map(String.init)
    let fault = list.lazy.compactMap { TextRule.fault($0, length: 1...TextLimits.identifier) }.first
    if let fault {
      report(.tags, "has a tag that \(fault)", allowed: "tags of 1 to \(TextLimits.identifier) characters")
    } else if list.count > Self.tagLimit {
      report(.tags, "has \(list.count) tags", allowed: "at most \(Self.tagLimit)")
    }
    return Set(list)
  }

  func createdAt() -> Timestamp? {
    guard let text = text(.createdAt) else { return nil }
    if let time = RFC3339.parse(text) { return time }
    report(.createdAt, "is not a time", allowed: "RFC 3339, such as 2026-12-04T18:30:00Z")
    return nil
  }
}
