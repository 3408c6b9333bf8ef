public import BookingDomain

/// A request body: read strictly, so that every wrong or unknown member is named with its JSON pointer.
public protocol WireRequest: Codable, Sendable {
  /// Every member that the body may have.
  static var keys: [String] { get }

  /// Reads the members; what is missing or wrong gets a stand-in and is reported to the reader's problems.
  init(_ reader: JSONObjectReader)
}

extension WireRequest {
  /// Reads a body that has been parsed.
  /// - Throws: everything that is wrong with it.
  public static func read(_ tree: JSONTree) throws(InputProblems) -> Self {
    let problems = ProblemCollector(source: "body")
    let body = JSONObjectReader(tree, at: "", keys: keys, problems: problems).map(Self.init)
    try problems.throwIfAny()
    guard let body else {
      throw InputProblems(
        InputProblem(source: "body", place: "", message: "is no object", allowed: keys.joined(separator: ", ")))
    }
    return body
  }
}

/// Bounds of what request bodies may say; the published schemas state them too.
public enum WireLimits {
  public static let party = 1...500
  public static let name = 1...200
  public static let phone = 1...40
  public static let mail = 1...254
  public static let locale = 1...35
  public static let notes = 1...2_000
  public static let zone = 1...200
  public static let service = 1...200
  public static let tag = 1...64
  public static let tags = 0...20
  public static let tableNumber = 1...64
  public static let tables = 1...20
  public static let blockedTables = 1...500
  public static let reason = 1...200
  /// Bookings that move for another one.
  public static let moves = 0...100
  /// A day.
  public static let durationMinutes = 1...1_440
  public static let waitSeconds = 0...30
  public static let pageSize = 1...1_000
  /// Whole years in which a time may lie.
  public static let years = 1970...2199
}

extension JSONObjectReader {
  /// A list of texts, each with its own pointer.
  func texts(_ key: String, count: ClosedRange<Int>, length: ClosedRange<Int>) -> [String]? {
    guard has(key) else { return nil }
    let elements = list(key, count: count)
    // An object whose keys are the indices: the reader of objects then checks and reports each element.
    let members = elements.indices.map { JSONTree.Member("\($0)", elements[$0].tree) }
    let entries = JSONObjectReader(
      JSONTree(.object(members)), at: place(key), keys: members.map(\.key), problems: problems)
    return members.compactMap { entries?.requiredText($0.key, length: length) }
  }

  /// Like ``texts(_:count:length:)``, of texts that differ.
  func distinctTexts(_ key: String, count: ClosedRange<Int>, length: ClosedRange<Int>) -> [String]? {
    guard let texts = texts(key, count: count, length: length) else { return nil }
    if Set(texts).count < texts.count { report(key, "names one twice", allowed: "different ones") }
    return texts
  }

  /// One of an enumeration's raw values; nil if it is missing or wrong.
  func option<Choice: CaseIterable & RawRepresentable<String>>(_ key: String, _: Choice.Type) -> Choice?
  where Choice.AllCases.Element == Choice {
    guard has(key), let first = Choice.allCases.first else { return nil }
    return choice(key, default: first)
  }

  /// An RFC 3339 time of the years that are allowed, as text.
  func time(_ key: String) -> String? {
    guard let tree = self[key] else { return nil }
    if case .string(let text) = tree.value, WireTime.read(text) != nil { return text }
    report(key, "is not a time", allowed: WireTime.allowed)
    return nil
  }

  /// `YYYY-MM-DD`, as text.
  func date(_ key: String) -> String? {
    guard let tree = self[key] else { return nil }
    if case .string(let text) = tree.value, WireTime.date(text) != nil { return text }
    report(key, "is not a date", allowed: WireTime.allowedDate)
    return nil
  }

  /// `HH:MM`, as text.
  func wallTime(_ key: String) -> String? {
    guard let tree = self[key] else { return nil }
    if case .string(let text) = tree.value, let time = LocalTime(text), time.minuteOfDay < 1_440 { return text }
    report(key, "is not a time of day", allowed: "HH:MM, 00:00 to 23:59")
    return nil
  }
}

/// Times and dates as the API takes them.
public enum WireTime {
  public static let allowed =
    "RFC 3339 with an offset, such as 2026-12-25T19:30:00+00:00, in \(WireLimits.years.lowerBound) to "
    + "\(WireLimits.years.upperBound)"
  public static let allowedDate = "YYYY-MM-DD, in \(WireLimits.years.lowerBound) to \(WireLimits.years.upperBound)"

  /// - Returns: nil for anything else than ``allowed``.
  public static func read(_ text: String) -> Timestamp? {
    guard isInRange(text) else { return nil }
    return RFC3339.parse(text)
  }

  /// - Returns: nil for anything else than ``allowedDate``.
  public static func date(_ text: String) -> LocalDate? {
    guard isInRange(text) else { return nil }
    return LocalDate(text)
  }

  private static func isInRange(_ text: String) -> Bool {
    Int(text.prefix(4)).map(WireLimits.years.contains) ?? false
  }
}
