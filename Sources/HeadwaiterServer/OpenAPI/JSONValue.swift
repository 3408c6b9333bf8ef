import BookingDomain

/// A JSON value that is written down in code: schemas and the document made of them.
indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Sendable, Hashable {
    var key: String
    var value: JSONValue
  }

  /// The member of an object, or nil.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The keys of an object, in order.
  var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  /// This object with more members after its own.
  func adding(_ other: JSONValue) -> JSONValue {
    guard case .object(let mine) = self, case .object(let theirs) = other else { return self }
    return .object(mine + theirs)
  }

  /// The text that is sent.
  var bytes: [UInt8] { JSONWriter.write(tree) }

  private var tree: JSONTree {
    switch self {
    case .null: JSONTree(.null)
    case .bool(let flag): JSONTree(.bool(flag))
    case .int(let number): JSONTree(.number("\(number)"))
    case .double(let number): JSONTree(.number("\(number)"))
    case .string(let text): JSONTree(.string(text))
    case .array(let elements): JSONTree(.array(elements.map(\.tree)))
    case .object(let members): JSONTree(.object(members.map { JSONTree.Member($0.key, $0.value.tree) }))
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation, ExpressibleByFloatLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .int(value) }
  init(floatLiteral value: Double) { self = .double(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
}
