extension JSONObjectReader {
  /// A whole number; `2.0` and `1e2` are whole.
  public func int(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    self[key].flatMap { JSONScalar.int($0, at: place(key), range, problems) }
  }

  public func int(_ key: String, _ range: ClosedRange<Int>, default value: Int) -> Int { int(key, range) ?? value }

  /// A whole number that must be there; nil, with a problem, if it is not or is wrong.
  public func requiredInt(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    required(key, allowed: JSONScalar.listed(range)) == nil ? nil : int(key, range)
  }

  public func double(_ key: String, _ range: ClosedRange<Double>) -> Double? {
    self[key].flatMap { JSONScalar.double($0, at: place(key), range, problems) }
  }

  public func bool(_ key: String, default value: Bool) -> Bool {
    guard let tree = self[key] else { return value }
    if case .bool(let flag) = tree.value { return flag }
    report(key, "is neither true nor false", allowed: "true, false")
    return value
  }

  /// A text of so many characters, without control characters.
  public func text(_ key: String, length: ClosedRange<Int>) -> String? {
    self[key].flatMap { JSONScalar.text($0, at: place(key), length: length, problems) }
  }

  public func requiredText(_ key: String, length: ClosedRange<Int>) -> String? {
    required(key, allowed: "a text of \(JSONScalar.listed(length)) characters") == nil ? nil : text(key, length: length)
  }

  /// One of an enumeration's raw values.
  public func choice<Choice: CaseIterable & RawRepresentable<String>>(_ key: String, default value: Choice) -> Choice {
    guard let text = text(key, length: 0...TextLimits.name) else { return value }
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    report(
      key, "is not known", allowed: names.joined(separator: ", "), suggestion: Spelling.closest(to: text, in: names))
    return value
  }

  /// The elements of a list, with their pointers; empty if it is missing or wrong.
  public func list(_ key: String, count: ClosedRange<Int>) -> [(tree: JSONTree, place: String)] {
    guard let tree = self[key] else { return [] }
    return JSONScalar.list(tree, at: place(key), count: count, problems)
  }

  public func requiredList(_ key: String, count: ClosedRange<Int>) -> [(tree: JSONTree, place: String)] {
    required(key, allowed: "a list of \(JSONScalar.listed(count))") == nil ? [] : list(key, count: count)
  }

  /// Elements of a list as written, right or wrong; 0 if it is no list.
  func elementCount(_ key: String) -> Int {
    guard case .array(let elements) = self[key]?.value else { return 0 }
    return elements.count
  }

  /// The reader of an object within this one; nil if it is missing or wrong.
  public func object(_ key: String, keys: [String]) -> JSONObjectReader? {
    self[key].flatMap { JSONObjectReader($0, at: place(key), keys: keys, problems: problems) }
  }
}

/// Characters that texts may have.
public enum TextLimits {
  public static let name = 200
  public static let identifier = 64
}
