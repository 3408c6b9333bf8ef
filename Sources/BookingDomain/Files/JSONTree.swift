/// A JSON value with the place where it begins.
///
/// Headwaiter reads its files through this tree and not through Foundation's decoder, which keeps the last of two equal
/// keys in silence, stops at the first wrong value, and does not say where it was. Numbers stay as written, so that a
/// reader decides what is whole or too large.
public struct JSONTree: Sendable, Hashable {
  public indirect enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The literal as written, valid by the grammar.
    case number(String)
    case string(String)
    case array([JSONTree])
    /// In the order written; a key may occur twice.
    case object([Member])
  }

  /// A key, where it begins, and its value.
  public struct Member: Sendable, Hashable {
    public var key: String
    public var keyPosition: TextPosition
    public var value: JSONTree

    public init(_ key: String, _ value: JSONTree, keyPosition: TextPosition = TextPosition()) {
      self.key = key
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  public var value: Value
  public var position: TextPosition

  /// - Parameter position: the default is for trees that are made to be written.
  public init(_ value: Value, at position: TextPosition = TextPosition()) {
    self.value = value
    self.position = position
  }

  /// The value as a message shows it: scalars as written, cut to 80 characters, anything else by its kind.
  public var excerpt: String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let literal): ValueExcerpt.escaped(literal)
    case .string(let text): ValueExcerpt.quoted(text)
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A place in a text; both count from 1, columns in Unicode scalars.
public struct TextPosition: Sendable, Hashable, CustomStringConvertible {
  public var line: Int
  public var column: Int

  public init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }

  public var description: String { "line \(line), column \(column)" }
}
