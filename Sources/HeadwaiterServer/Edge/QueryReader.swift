import BookingDomain
import Foundation
import HeadwaiterAPI

/// Reads the query of a URI: strictly, so that a misspelt parameter is not passed over in silence.
struct QueryReader: Sendable {
  private let values: [String: String]

  /// - Parameter known: names that the endpoint takes.
  init(_ query: String?, known: [String]) throws {
    guard let query, !query.isEmpty else {
      values = [:]
      return
    }
    var values: [String: String] = [:]
    for part in query.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decode(pair[0]), let value = Self.decode(pair.count > 1 ? pair[1] : "") else {
        throw ProblemError.parameter(
          String(ValueExcerpt.escaped(String(pair[0]), limit: 40)), value: nil, "is badly encoded",
          allowed: "UTF-8, percent-encoded")
      }
      guard known.contains(name) else { throw ProblemError.unknownParameter(name, known: known) }
      guard values.updateValue(value, forKey: name) == nil else {
        throw ProblemError.parameter(name, value: nil, "occurs twice", allowed: "each parameter once")
      }
    }
    self.values = values
  }

  subscript(name: String) -> String? { values[name] }

  func date(_ name: String) throws -> LocalDate? {
    try value(name, allowed: WireTime.allowedDate) { WireTime.date($0) }
  }

  func int(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    try value(name, allowed: "\(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) && "\($0)" == text ? $0 : nil }
    }
  }

  func identifier(_ name: String) throws -> String? {
    try value(name, allowed: WireName.allowed) { WireName.isIdentifier($0) ? $0 : nil }
  }

  func option<Choice: CaseIterable & RawRepresentable<String>>(_ name: String, _: Choice.Type) throws -> Choice? {
    try value(name, allowed: Choice.allCases.map(\.rawValue).joined(separator: ", ")) { Choice(rawValue: $0) }
  }

  func text(_ name: String, _ length: ClosedRange<Int>) throws -> String? {
    try value(
      name, allowed: "\(length.lowerBound) to \(length.upperBound) characters, none of them a control character"
    ) {
      WireName.isText($0, length) ? $0 : nil
    }
  }

  /// Names of lower-case letters, digits, `_` and `-`, separated by commas.
  func names(_ name: String) throws -> [String]? {
    try value(name, allowed: "up to 20 names of a-z 0-9 _ -, separated by commas") { text in
      let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return names.count <= 20 && names.allSatisfy(WireName.isTag) ? names : nil
    }
  }

  /// - Throws: a problem if the parameter is missing.
  func required<Value>(_ name: String, _ value: Value?) throws -> Value {
    guard let value else { throw ProblemError.parameter(name, value: nil, "is missing", allowed: "a value") }
    return value
  }

  private func value<Value>(_ name: String, allowed: String, _ read: (String) -> Value?) throws -> Value? {
    guard let text = values[name] else { return nil }
    guard let value = read(text) else {
      throw ProblemError.parameter(name, value: text, "cannot be taken", allowed: allowed)
    }
    return value
  }

  /// Percent-decoded, `+` for a space; nil if that is no UTF-8.
  private static func decode(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }
}

/// What names in URIs are made of.
enum WireName {
  static let allowed = "1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit"

  static func isIdentifier(_ text: String) -> Bool {
    guard (1...TextLimits.identifier).contains(text.utf8.count), let first = text.utf8.first, isAlphanumeric(first)
    else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
  }

  static func isTag(_ text: String) -> Bool {
    (1...TextLimits.identifier).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F }
  }

  static func isText(_ text: String, _ length: ClosedRange<Int>) -> Bool {
    let scalars = text.unicodeScalars
    return length.contains(scalars.count) && scalars.first != " " && scalars.last != " "
      && !scalars.contains(where: { $0.properties.generalCategory == .control })
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
