import BookingDomain
import Logging
import StoreFoundation

/// One line of the log. Whatever its message holds, it stays one line, and in JSON one object.
struct LogLine {
  var time: Timestamp
  var level: Logger.Level
  /// Which part of the program speaks, for example `assignment.state_machine`.
  var label: String
  var message: String
  var metadata: Logger.Metadata

  /// With its line feed.
  func text(_ format: LogFormat) -> String {
    switch format {
    case .text: plain + "\n"
    case .json: object + "\n"
    }
  }

  private var plain: String {
    let facts = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(LogLine.word("\($0.value)"))" }.joined()
    return "\(time) \(level.rawValue) [\(LogLine.escaped(label))] \(LogLine.escaped(message))\(facts)"
  }

  private var object: String {
    var text = "{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\""
    text += ",\"label\":\(JSONText.string(label)),\"message\":\(JSONText.string(message))"
    return text + ",\"metadata\":\(LogLine.json(metadata))}"
  }

  private static func json(_ metadata: Logger.Metadata) -> String {
    let members = metadata.sorted { $0.key < $1.key }.map { "\(JSONText.string($0.key)):\(json($0.value))" }
    return "{\(members.joined(separator: ","))}"
  }

  private static func json(_ value: Logger.MetadataValue) -> String {
    switch value {
    case .dictionary(let members): json(members)
    case .array(let values): "[\(values.map(json).joined(separator: ","))]"
    case .string(let text): JSONText.string(text)
    case .stringConvertible(let value): JSONText.string("\(value)")
    }
  }

  /// A value that can be told from the next one.
  private static func word(_ text: String) -> String {
    let needsQuotes = text.isEmpty || text.unicodeScalars.contains { $0 == " " || $0 == "\"" || $0 == "=" }
    return needsQuotes ? "\"\(escaped(text).replacing("\"", with: "\\\""))\"" : escaped(text)
  }

  /// Control characters, which could begin a line or move a terminal's cursor, become `\u{…}`.
  private static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar) {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
