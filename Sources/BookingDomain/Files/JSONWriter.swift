/// Writes a JSON tree for people: what fits goes on one line, the rest is indented by two spaces.
public enum JSONWriter {
  /// Columns that one line may fill.
  static let width = 110

  /// The text, with a line feed at its end.
  public static func write(_ tree: JSONTree) -> [UInt8] {
    var text = ""
    append(tree, to: &text, indent: 0, used: 0)
    return Array((text + "\n").utf8)
  }

  private static func append(_ tree: JSONTree, to text: inout String, indent: Int, used: Int) {
    let compact = compactText(tree, limit: width - used)
    if let compact {
      text += compact
      return
    }
    switch tree.value {
    case .array(let elements):
      appendLines("[", "]", count: elements.count, to: &text, indent: indent) { index, text in
        append(elements[index], to: &text, indent: indent + 2, used: indent + 2)
      }
    case .object(let members):
      appendLines("{", "}", count: members.count, to: &text, indent: indent) { index, text in
        let key = quoted(members[index].key) + ": "
        text += key
        append(members[index].value, to: &text, indent: indent + 2, used: indent + 2 + key.utf8.count)
      }
    default: text += scalar(tree.value) ?? ""
    }
  }

  private static func appendLines(
    _ open: String, _ close: String, count: Int, to text: inout String, indent: Int,
    line: (Int, inout String) -> Void
  ) {
    let margin = String(repeating: " ", count: indent + 2)
    text += open + "\n"
    for index in 0..<count {
      text += margin
      line(index, &text)
      text += index < count - 1 ? ",\n" : "\n"
    }
    text += String(repeating: " ", count: indent) + close
  }

  /// The value on one line, or nil if that takes more than `limit` bytes.
  private static func compactText(_ tree: JSONTree, limit: Int) -> String? {
    guard limit > 0 else { return nil }
    var parts: [String] = []
    var length = 2
    func add(_ prefix: String, _ tree: JSONTree) -> Bool {
      guard let part = compactText(tree, limit: limit - length - prefix.utf8.count) else { return false }
      parts.append(prefix + part)
      length += prefix.utf8.count + part.utf8.count + 2
      return true
    }
    switch tree.value {
    case .array(let elements):
      return elements.allSatisfy({ add("", $0) }) ? "[" + parts.joined(separator: ", ") + "]" : nil
    case .object(let members):
      return members.allSatisfy({ add(quoted($0.key) + ": ", $0.value) })
        ? "{" + parts.joined(separator: ", ") + "}" : nil
    default: return scalar(tree.value).flatMap { $0.utf8.count <= limit ? $0 : nil }
    }
  }

  private static func scalar(_ value: JSONTree.Value) -> String? {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let literal): literal
    case .string(let text): quoted(text)
    case .array, .object: nil
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case ..<" ", "\u{7F}": result += "\\u" + String(scalar.value, radix: 16).padded(to: 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension JSONTree {
  static func text(_ text: String) -> JSONTree { JSONTree(.string(text)) }
  static func flag(_ flag: Bool) -> JSONTree { JSONTree(.bool(flag)) }
  static func whole(_ number: Int) -> JSONTree { JSONTree(.number("\(number)")) }
  static func list(_ elements: [JSONTree]) -> JSONTree { JSONTree(.array(elements)) }

  /// The shortest literal that reads back as the same number.
  static func real(_ number: Double) -> JSONTree {
    guard number.isFinite else { return JSONTree(.null) }
    if let whole = Int(exactly: number), abs(whole) < 1 << 53, number.sign == .plus || whole != 0 {
      return .whole(whole)
    }
    return JSONTree(.number("\(number)"))
  }

  /// An object without the members that have no value.
  static func object(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
    JSONTree(.object(members.compactMap { key, value in value.map { Member(key, $0) } }))
  }
}
