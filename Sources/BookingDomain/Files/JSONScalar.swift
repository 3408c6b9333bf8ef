/// Reads single values of JSON and reports what is wrong with them.
enum JSONScalar {
  static func int(
    _ tree: JSONTree, at place: String, _ range: ClosedRange<Int>, _ problems: ProblemCollector
  ) -> Int? {
    guard case .number(let literal) = tree.value, JSONNumber.whole(literal) != .fraction else {
      problems.add(place, value: tree.excerpt, "is not a whole number", allowed: listed(range))
      return nil
    }
    if case .whole(let number) = JSONNumber.whole(literal), range.contains(number) { return number }
    problems.add(place, value: tree.excerpt, "is out of range", allowed: listed(range))
    return nil
  }

  static func double(
    _ tree: JSONTree, at place: String, _ range: ClosedRange<Double>, _ problems: ProblemCollector
  ) -> Double? {
    let allowed = "\(range.lowerBound) to \(range.upperBound)"
    guard case .number(let literal) = tree.value, let number = Double(literal) else {
      problems.add(place, value: tree.excerpt, "is not a number", allowed: allowed)
      return nil
    }
    if range.contains(number) { return number }
    problems.add(place, value: tree.excerpt, "is out of range", allowed: allowed)
    return nil
  }

  static func text(
    _ tree: JSONTree, at place: String, length: ClosedRange<Int>, _ problems: ProblemCollector
  ) -> String? {
    let allowed = "a text of \(listed(length)) characters"
    guard case .string(let text) = tree.value else {
      problems.add(place, value: tree.excerpt, "is not a text", allowed: allowed)
      return nil
    }
    guard let fault = TextRule.fault(text, length: length) else { return text }
    problems.add(place, value: tree.excerpt, fault, allowed: allowed)
    return nil
  }

  static func list(
    _ tree: JSONTree, at place: String, count: ClosedRange<Int>, _ problems: ProblemCollector
  ) -> [(tree: JSONTree, place: String)] {
    guard case .array(let elements) = tree.value else {
      problems.add(place, value: tree.excerpt, "is not a list", allowed: "a list of \(listed(count))")
      return []
    }
    guard count.contains(elements.count) else {
      problems.add(place, value: "a list of \(elements.count)", "has the wrong length", allowed: listed(count))
      return []
    }
    return elements.enumerated().map { index, tree in (tree, "\(place)/\(index)") }
  }

  static func listed(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}

/// What texts from outside may be like.
enum TextRule {
  /// What is wrong with a text, or nil. Length counts Unicode scalars, so that a pile of combining marks is not one.
  static func fault(_ text: String, length: ClosedRange<Int>) -> String? {
    let scalars = text.unicodeScalars
    if !length.contains(scalars.count) { return scalars.isEmpty ? "is empty" : "has \(scalars.count) characters" }
    if scalars.contains(where: { $0.properties.generalCategory == .control }) { return "holds a control character" }
    if let first = scalars.first, let last = scalars.last, first == " " || last == " " {
      return "begins or ends with a space"
    }
    return nil
  }

  /// What an identifier is made of.
  static let identifierAllowed = "1 to \(TextLimits.identifier) of A-Z a-z 0-9 . _ -, the first a letter or digit"

  /// Whether a text can name a restaurant or a booking: also in a URL path, where `.` and `..` would get lost.
  static func isIdentifier(_ text: String) -> Bool {
    guard (1...TextLimits.identifier).contains(text.utf8.count), let first = text.utf8.first, isAlphanumeric(first)
    else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
