/// Names as the text format allows them.
enum MetricName {
  /// A name of swift-metrics, which may have dots and dashes.
  static func metric(_ label: String) -> String { cleaned(label, colon: true) }

  static func label(_ name: String) -> String { cleaned(name, colon: false) }

  /// Appends an ending, unless the name has it.
  static func metric(_ label: String, ending: String) -> String {
    let name = metric(label)
    return name.hasSuffix(ending) ? name : name + ending
  }

  private static func cleaned(_ text: String, colon: Bool) -> String {
    var result = ""
    for byte in text.utf8 {
      let isDigit = (0x30...0x39).contains(byte)
      let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
      if isDigit && result.isEmpty { result += "_" }
      result.unicodeScalars.append(
        isDigit || isLetter || (colon && byte == 0x3A) ? Unicode.Scalar(byte) : "_")
    }
    return result.isEmpty ? "_" : result
  }
}

/// Values and texts as the text format has them.
enum ExpositionText {
  /// Whole numbers without a fraction, so that a bound is always written in the same way.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if abs(value) < 9_007_199_254_740_992, let whole = Int64(exactly: value) { return String(whole) }
    return "\(value)"
  }

  static func help(_ text: String) -> String { escaped(text, quotes: false) }

  static func labelValue(_ text: String) -> String { escaped(text, quotes: true) }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
