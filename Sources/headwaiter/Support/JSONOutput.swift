import BookingDomain
import Foundation

/// JSON for programs.
enum JSONOutput {
  /// Keys sorted; what fits stands on one line. Ends in a line feed.
  static func text(_ value: some Encodable) throws -> String {
    let line = try line(value)
    guard let tree = try? JSONTree.parse(Array(line.utf8), source: "output") else { return line }
    return String(decoding: JSONWriter.write(tree), as: UTF8.self)
  }

  /// On one line.
  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// The same with the names of properties in snake case.
  static func snakeCase(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let tree = try JSONTree.parse(Array(try encoder.encode(value)), source: "output")
    return String(decoding: JSONWriter.write(tree), as: UTF8.self)
  }

  static func print(_ value: some Encodable) throws { try Console.write(text(value)) }
}

extension JSONTree {
  /// Members in the order given.
  static func members(_ members: [(String, JSONTree)]) -> JSONTree {
    JSONTree(.object(members.map { JSONTree.Member($0.0, $0.1) }))
  }

  static func string(_ text: String) -> JSONTree { JSONTree(.string(text)) }

  static func number(_ value: Int) -> JSONTree { JSONTree(.number("\(value)")) }

  /// Rounded to so many decimals.
  static func number(_ value: Double, decimals: Int) -> JSONTree {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded.isFinite ? JSONTree(.number("\(rounded)")) : JSONTree(.null)
  }
}
