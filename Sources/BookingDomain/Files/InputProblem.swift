/// One thing wrong with an input, with the place, the value found and what is allowed there.
public struct InputProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Name of the file, or `body`.
  public let source: String
  /// A JSON pointer such as `/tables/3/capacity`, or `line 12, column 5 (party_size)`.
  public let place: String
  /// What was found: escaped, at most 80 characters; nil where nothing was.
  public let value: String?
  /// Continues the value: `is not a whole number`.
  public let message: String
  public let allowed: String
  /// What was probably meant by a misspelt name.
  public let suggestion: String?

  public init(
    source: String, place: String, value: String? = nil, message: String, allowed: String, suggestion: String? = nil
  ) {
    self.source = source
    self.place = place
    self.value = value
    self.message = message
    self.allowed = allowed
    self.suggestion = suggestion
  }

  /// One line: `file.json: /tables/3/capacity: "two" is not a whole number; allowed: 1 to 100`.
  public var description: String {
    let subject = value.map { "\($0) " } ?? ""
    let hint = suggestion.map { "; did you mean \(ValueExcerpt.quoted($0))?" } ?? ""
    return "\(source): \(place): \(subject)\(message); allowed: \(allowed)\(hint)"
  }
}

/// Everything wrong with an input; never empty.
public struct InputProblems: Error, Sendable, Hashable, CustomStringConvertible {
  /// In the order of the input, at most ``ProblemCollector/limit``.
  public let problems: [InputProblem]
  /// Problems found beyond those kept.
  public let omittedCount: Int

  public init(_ first: InputProblem, _ others: [InputProblem] = [], omittedCount: Int = 0) {
    problems = [first] + others
    self.omittedCount = omittedCount
  }

  /// Lines that ``description`` shows before it only counts.
  static let shownLines = 20

  /// One line for each problem, at most 20, then `and n more`.
  public var description: String {
    var lines = problems.prefix(Self.shownLines).map(\.description)
    let rest = problems.count - lines.count + omittedCount
    if rest > 0 { lines.append("and \(rest) more") }
    return lines.joined(separator: "\n")
  }
}
