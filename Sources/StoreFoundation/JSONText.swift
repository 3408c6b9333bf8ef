package import BookingDomain
import Foundation

/// The JSON that stores keep in columns. Writing is by hand, because it is on the path of every booking.
package enum JSONText {
  package static func strings(_ values: some Sequence<String>) -> String {
    var out = "["
    for value in values {
      if out.utf8.count > 1 { out += "," }
      append(value, to: &out)
    }
    return out + "]"
  }

  package static func string(_ text: String) -> String {
    var out = ""
    append(text, to: &out)
    return out
  }

  package static func tables(_ tables: [TableNumber]) -> String { strings(tables.lazy.map(\.rawValue)) }

  /// Keys in order, so that the same values give the same text.
  package static func object(_ values: [String: String]) -> String {
    if values.isEmpty { return "{}" }
    var out = "{"
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      if out.utf8.count > 1 { out += "," }
      append(key, to: &out)
      out += ":"
      append(value, to: &out)
    }
    return out + "}"
  }

  package static func object(_ values: [String: EventValue]) -> String {
    var out = ""
    append(values, to: &out)
    return out
  }

  package static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  package static func decode<Value: Decodable>(_ text: String) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }

  /// An array of strings; what a store wrote, and without escapes, without a decoder.
  package static func strings(_ text: String) -> [String]? {
    if text == "[]" { return [] }
    guard text.hasPrefix("[\""), text.hasSuffix("\"]"), !text.utf8.contains(UInt8(ascii: "\\")) else {
      return decode(text)
    }
    let parts = text.dropFirst(2).dropLast(2).split(separator: "\",\"", omittingEmptySubsequences: false)
    return parts.contains { $0.utf8.contains(UInt8(ascii: "\"")) } ? decode(text) : parts.map(String.init)
  }

  private static func append(_ values: [String: EventValue], to out: inout String) {
    if values.isEmpty {
      out += "{}"
      return
    }
    var separator = "{"
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      out += separator
      separator = ","
      append(key, to: &out)
      out += ":"
      append(value, to: &out)
    }
    out += "}"
  }

  private static func append(_ value: EventValue, to out: inout String) {
    switch value {
    case .string(let text): append(text, to: &out)
    case .int(let number): out += "\(number)"
    case .double(let number): out += number.isFinite ? "\(number)" : "null"
    case .bool(let flag): out += flag ? "true" : "false"
    case .object(let values): append(values, to: &out)
    case .list(let values):
      var separator = "["
      for value in values {
        out += separator
        separator = ","
        append(value, to: &out)
      }
      out += values.isEmpty ? "[]" : "]"
    }
  }

  private static func append(_ text: String, to out: inout String) {
    out += "\""
    if text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
      for scalar in text.unicodeScalars { appendEscaped(scalar, to: &out) }
    } else {
      out += text
    }
    out += "\""
  }

  private static func appendEscaped(_ scalar: Unicode.Scalar, to out: inout String) {
    switch scalar {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    default:
      if scalar.value < 0x20 {
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
  }
}
