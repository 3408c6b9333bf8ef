/// Where a request stands in a trace: the header `traceparent` of W3C Trace Context, level 1.
///
/// Source: https://www.w3.org/TR/trace-context/, §3.2. What does not follow its grammar is as if it were not there.
public struct TraceParent: Sendable, Hashable, CustomStringConvertible {
  public var trace: TraceID
  /// The step that asks.
  public var span: SpanID
  /// Whether the caller may have recorded its part of the trace; handed on as it came.
  public var isSampled: Bool

  public init(trace: TraceID, span: SpanID, isSampled: Bool = false) {
    self.trace = trace
    self.span = span
    self.isSampled = isSampled
  }

  private static let length = 55
  private static let dash = UInt8(ascii: "-")

  /// Reads a header: `version-trace-span-flags`. A version that is not known yet may have more after a further dash.
  /// - Returns: nil for one that must be ignored.
  public init?(_ header: String) {
    let bytes = Array(header.utf8)
    guard bytes.count >= TraceParent.length, [2, 35, 52].allSatisfy({ bytes[$0] == TraceParent.dash }) else {
      return nil
    }
    let (version, flags) = (bytes[0..<2], bytes[53..<55])
    guard version.allSatisfy(HexDigits.isDigit), flags.allSatisfy(HexDigits.isDigit), !version.elementsEqual("ff".utf8)
    else { return nil }
    if bytes.count > TraceParent.length {
      guard !version.elementsEqual("00".utf8), bytes[TraceParent.length] == TraceParent.dash else { return nil }
    }
    guard let trace = TraceID(String(decoding: bytes[3..<35], as: UTF8.self)),
      let span = SpanID(String(decoding: bytes[36..<52], as: UTF8.self)),
      let bits = UInt8(String(decoding: flags, as: UTF8.self), radix: 16)
    else { return nil }
    self.init(trace: trace, span: span, isSampled: bits & 1 == 1)
  }

  /// The header, of version 00.
  public var header: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }

  public var description: String { header }
}
