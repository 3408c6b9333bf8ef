/// Reads the tokens of JSON and keeps count of lines and columns.
struct JSONScanner {
  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var line = 1
  private var lineStart: Int
  /// UTF-8 continuation bytes since `lineStart`: they take no column. Only strings hold any.
  private var continuations = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
    lineStart = bytes.startIndex
  }

  var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }
  var position: TextPosition { TextPosition(line: line, column: index - lineStart - continuations + 1) }

  mutating func advance() { index += 1 }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func skipSpace() {
    while let byte = peek {
      switch byte {
      case 0x20, 0x09, 0x0D: index += 1
      case 0x0A:
        index += 1
        line += 1
        lineStart = index
        continuations = 0
      default: return
      }
    }
  }

  /// An error about what stands at the present place.
  func error(_ message: String, allowed: String) -> JSONParser.SyntaxError {
    guard index < bytes.endIndex else {
      return JSONParser.SyntaxError(
        position: position, value: nil, message: "the text ends too early", allowed: allowed)
    }
    let next = String(decoding: bytes[index...].prefix(4), as: UTF8.self).unicodeScalars.prefix(1)
    let value = ValueExcerpt.quoted(String(String.UnicodeScalarView(next)))
    return JSONParser.SyntaxError(position: position, value: value, message: message, allowed: allowed)
  }

  /// `true`, `false` or `null`.
  mutating func word() throws(JSONParser.SyntaxError) -> JSONTree.Value {
    let words: [(StaticString, JSONTree.Value)] = [("true", .bool(true)), ("false", .bool(false)), ("null", .null)]
    for (word, value) in words {
      let spelled = word.withUTF8Buffer { bytes[index...].starts(with: $0) }
      if spelled {
        index += word.utf8CodeUnitCount
        return value
      }
    }
    throw error("is no JSON value", allowed: "an object, a list, a text in quotes, a number, true, false or null")
  }

  /// A number's literal; the caller has seen `-` or a digit.
  mutating func number() throws(JSONParser.SyntaxError) -> String {
    let start = index
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    if let byte = peek, isDigit(byte) { throw error("follows a leading zero", allowed: "a number without one") }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() throws(JSONParser.SyntaxError) {
    guard let byte = peek, isDigit(byte) else { throw error("is no digit", allowed: "a digit") }
    while let byte = peek, isDigit(byte) { index += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// A string's text; the caller has seen the opening quote.
  mutating func string() throws(JSONParser.SyntaxError) -> String {
    index += 1
    var text: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += String(try escape()).utf8
      case ..<0x20: throw error("is a control character inside a text", allowed: "`\\n`, `\\t` or `\\u` and 4 digits")
      default:
        if byte & 0xC0 == 0x80 { continuations += 1 }
        text.append(byte)
        index += 1
      }
    }
    throw error("", allowed: "a quote that ends the text")
  }

  private mutating func escape() throws(JSONParser.SyntaxError) -> Unicode.Scalar {
    index += 1
    let plain: [(Unicode.Scalar, Unicode.Scalar)] = [
      ("\"", "\""), ("\\", "\\"), ("/", "/"), ("b", "\u{8}"), ("f", "\u{C}"), ("n", "\n"), ("r", "\r"), ("t", "\t"),
    ]
    for (letter, meaning) in plain where take(letter) { return meaning }
    guard take("u") else { throw error("is no escape", allowed: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u") }
    return try escapedScalar()
  }

  /// What `\uXXXX`, or a pair of them, stands for; the `\u` is read.
  private mutating func escapedScalar() throws(JSONParser.SyntaxError) -> Unicode.Scalar {
    let first = try hexUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else {
      throw error("follows half of a surrogate pair", allowed: "`\\uDC00` to `\\uDFFF` after `\\uD800` to `\\uDBFF`")
    }
    let second = try hexUnit()
    let joined = 0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second &- 0xDC00)
    guard (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(joined) else {
      throw error("follows half of a surrogate pair", allowed: "`\\uDC00` to `\\uDFFF` after `\\uD800` to `\\uDBFF`")
    }
    return scalar
  }

  private mutating func hexUnit() throws(JSONParser.SyntaxError) -> UInt16 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("is not the beginning of 4 hexadecimal digits", allowed: "4 hexadecimal digits") }
    index += 4
    return unit
  }
}
