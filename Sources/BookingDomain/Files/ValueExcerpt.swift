/// Shows values from outside in messages: escaped, so that they cannot break a line or a terminal, and short.
public enum ValueExcerpt {
  /// Characters of an excerpt, quotes included.
  public static let limit = 80

  /// The text in quotes, cut to ``limit`` characters.
  public static func quoted(_ text: String) -> String { "\"\(escaped(text, limit: limit - 2))\"" }

  /// The text without quotes, cut to `limit` characters.
  public static func escaped(_ text: String, limit: Int = limit) -> String {
    var result = ""
    var length = 0
    for scalar in text.unicodeScalars {
      let shown = escape(scalar)
      guard length + shown.count < limit else { return result + "…" }
      result += shown
      length += shown.count
    }
    return result
  }

  /// Escapes as JSON does, and also what is invisible or changes the direction of the text around it.
  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .nonspacingMark,
      .enclosingMark:
      return "\\u{" + String(scalar.value, radix: 16).padded(to: 4) + "}"
    default: return String(scalar)
    }
  }
}
