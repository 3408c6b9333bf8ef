/// A strict reader of JSON (RFC 8259) that keeps positions.
struct JSONParser {
  /// Why a text is no JSON.
  struct SyntaxError: Error {
    var position: TextPosition
    var value: String?
    var message: String
    var allowed: String
  }

  /// Levels of nesting; deeper input is refused, so that it cannot exhaust the stack.
  static let depthLimit = 32

  var scanner: JSONScanner

  /// Reads one JSON value that fills the whole text.
  /// - Parameter bytes: well-formed UTF-8.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(SyntaxError) -> JSONTree {
    var parser = JSONParser(scanner: JSONScanner(bytes))
    parser.scanner.skipSpace()
    let tree = try parser.value(depth: 0)
    parser.scanner.skipSpace()
    if parser.scanner.peek != nil { throw parser.scanner.error("is not expected here", allowed: "nothing more") }
    return tree
  }

  private mutating func value(depth: Int) throws(SyntaxError) -> JSONTree {
    let position = scanner.position
    guard depth < Self.depthLimit else {
      throw scanner.error("is nested too deeply", allowed: "at most \(Self.depthLimit) levels")
    }
    switch scanner.peek {
    case UInt8(ascii: "{"): return JSONTree(.object(try members(depth: depth)), at: position)
    case UInt8(ascii: "["): return JSONTree(.array(try elements(depth: depth)), at: position)
    case UInt8(ascii: "\""): return JSONTree(.string(try scanner.string()), at: position)
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
      return JSONTree(.number(try scanner.number()), at: position)
    default: return JSONTree(try scanner.word(), at: position)
    }
  }

  private mutating func elements(depth: Int) throws(SyntaxError) -> [JSONTree] {
    var list: [JSONTree] = []
    scanner.advance()
    scanner.skipSpace()
    if scanner.take("]") { return list }
    while true {
      list.append(try value(depth: depth + 1))
      scanner.skipSpace()
      if scanner.take("]") { return list }
      guard scanner.take(",") else { throw scanner.error("is not expected in a list", allowed: "`,` or `]`") }
      scanner.skipSpace()
    }
  }

  private mutating func members(depth: Int) throws(SyntaxError) -> [JSONTree.Member] {
    var list: [JSONTree.Member] = []
    scanner.advance()
    scanner.skipSpace()
    if scanner.take("}") { return list }
    while true {
      list.append(try member(depth: depth))
      scanner.skipSpace()
      if scanner.take("}") { return list }
      guard scanner.take(",") else { throw scanner.error("is not expected in an object", allowed: "`,` or `}`") }
      scanner.skipSpace()
    }
  }

  private mutating func member(depth: Int) throws(SyntaxError) -> JSONTree.Member {
    let position = scanner.position
    guard scanner.peek == UInt8(ascii: "\"") else { throw scanner.error("is not a key", allowed: "a key in quotes") }
    let key = try scanner.string()
    scanner.skipSpace()
    guard scanner.take(":") else { throw scanner.error("is not expected after a key", allowed: "`:`") }
    scanner.skipSpace()
    return JSONTree.Member(key, try value(depth: depth + 1), keyPosition: position)
  }
}

extension JSONTree {
  /// Bytes of JSON that are read; more than any restaurant with 500 tables needs.
  public static let byteLimit = 16 * 1024 * 1024

  /// Reads a JSON text.
  /// - Throws: one problem, with byte, or line and column, if it is too long, not UTF-8, or no JSON.
  public static func parse(_ bytes: [UInt8], source: String) throws(InputProblems) -> JSONTree {
    let text = try TextInput.check(bytes, source: source, limit: byteLimit)
    do {
      return try JSONParser.parse(text)
    } catch {
      throw InputProblems(
        InputProblem(
          source: source, place: error.position.description, value: error.value, message: error.message,
          allowed: error.allowed))
    }
  }
}
