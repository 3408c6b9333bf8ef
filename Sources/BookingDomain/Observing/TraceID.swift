/// Names all that is done about one booking, or for one request, in every system that takes part (W3C Trace Context):
/// 32 hexadecimal digits in lower case, not all of them zero.
public struct TraceID: Sendable, Hashable, Codable, CustomStringConvertible {
  public let text: String

  /// - Returns: nil for a text that is no trace id.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 32, HexDigits.isName(text.utf8) else { return nil }
    self.text = String(text)
  }

  /// From 128 bits, random ones as a rule; all zero, which names nothing, is taken for 1.
  public init(high: UInt64, low: UInt64) {
    text = HexDigits.text(high) + HexDigits.text(high == 0 ? max(low, 1) : low)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let trace = TraceID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no trace id")
    }
    self = trace
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }
}

/// Names one step of a trace: 16 hexadecimal digits in lower case, not all of them zero.
public struct SpanID: Sendable, Hashable, CustomStringConvertible {
  public let text: String

  /// - Returns: nil for a text that is no span id.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 16, HexDigits.isName(text.utf8) else { return nil }
    self.text = String(text)
  }

  /// From 64 bits, random ones as a rule; zero, which names nothing, is taken for 1.
  public init(_ bits: UInt64) { text = HexDigits.text(max(bits, 1)) }

  public var description: String { text }
}

/// Makes the ids of traces and spans; injected, so that tests get the same ones each time.
public protocol TraceIDGenerator: Sendable {
  /// A trace that no other call returns.
  func trace() -> TraceID
  /// A span that no other call of the same trace returns.
  func span() -> SpanID
}

/// Digits as Trace Context has them: lower case, of a fixed number.
enum HexDigits {
  static func text(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// Whether it is digits, and not all of them zero.
  static func isName(_ digits: some Sequence<UInt8>) -> Bool {
    var isZero = true
    for digit in digits {
      guard isDigit(digit) else { return false }
      if digit != UInt8(ascii: "0") { isZero = false }
    }
    return !isZero
  }
}
