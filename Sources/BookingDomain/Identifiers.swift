/// An identifier that is a string on the wire and in the database.
public protocol StringIdentifier: Hashable, Sendable, Codable, Comparable, CustomStringConvertible,
  ExpressibleByStringLiteral, RawRepresentable<String>
{
  /// Wraps a raw value; identifiers are never empty, but the type does not check it.
  init(rawValue: String)
}

extension StringIdentifier {
  public init(_ rawValue: String) { self.init(rawValue: rawValue) }
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  public var description: String { rawValue }
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
  public init(from decoder: any Decoder) throws {
    self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// Names a booking; unique over all restaurants.
public struct BookingID: StringIdentifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// Names a restaurant; the `id` of its file.
public struct RestaurantID: StringIdentifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A table's number as painted on the floor plan; unique within its restaurant. Sorts as people count: T2 before T10.
public struct TableNumber: StringIdentifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public static func < (lhs: Self, rhs: Self) -> Bool { NaturalOrder.precedes(lhs.rawValue, rhs.rawValue) }
}

/// Makes identifiers; injected, so that tests and replays get the same ones each time.
public protocol IDGenerator: Sendable {
  /// A new identifier that no other call returns, at most 40 characters of `[a-z0-9-]`.
  func next() -> String
}

/// Order in which runs of digits compare as numbers, everything else by Unicode scalar.
enum NaturalOrder {
  static func precedes(_ lhs: String, _ rhs: String) -> Bool {
    var left = Substring(lhs).utf8
    var right = Substring(rhs).utf8
    while let a = left.first, let b = right.first {
      if isDigit(a), isDigit(b) {
        let x = takeNumber(&left)
        let y = takeNumber(&right)
        if x != y { return x.count != y.count ? x.count < y.count : x.lexicographicallyPrecedes(y) }
      } else {
        if a != b { return a < b }
        left.removeFirst()
        right.removeFirst()
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    return lhs.utf8.lexicographicallyPrecedes(rhs.utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  /// Removes the leading run of digits and returns it without leading zeros.
  private static func takeNumber(_ text: inout Substring.UTF8View) -> [UInt8] {
    let digits = text.prefix(while: isDigit)
    text = text.dropFirst(digits.count)
    return Array(digits.drop(while: { $0 == 48 }))
  }
}
