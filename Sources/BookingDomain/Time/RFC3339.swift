/// Times on the wire (RFC 3339).
public enum RFC3339 {
  /// Formats with the given offset from UTC, for example `2026-12-25T19:30:00+01:00`; a fraction only where there is one.
  public static func format(_ time: Timestamp, offsetSeconds: Int) -> String {
    let local = time.seconds + Int64(offsetSeconds)
    let date = LocalDate(daysSinceEpoch: Int(local.flooredQuotient(by: 86_400)))
    let second = Int(local - Int64(date.daysSinceEpoch) * 86_400)
    let fraction = Int(time.microseconds - time.seconds * 1_000_000)
    var text = "\(date)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    if fraction != 0 { text += "." + "\(fraction)".padded(to: 6) }
    return text + offset(offsetSeconds)
  }

  /// Reads a time with an offset, to the microsecond.
  /// - Returns: nil if the text is no RFC 3339 time.
  public static func parse(_ text: some StringProtocol) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      let date = LocalDate(String(decoding: bytes[0..<10], as: UTF8.self)),
      let second = timeOfDay(bytes[11..<19])
    else { return nil }
    var rest = bytes[19...]
    guard let fraction = takeFraction(&rest), let offset = offsetSeconds(rest) else { return nil }
    let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(second) - Int64(offset)
    return Timestamp(microseconds: seconds * 1_000_000 + Int64(fraction))
  }

  /// Seconds after midnight of `HH:MM:SS`.
  private static func timeOfDay(_ bytes: ArraySlice<UInt8>) -> Int? {
    let b = Array(bytes)
    guard b[2] == UInt8(ascii: ":"), b[5] == UInt8(ascii: ":"), let hour = DigitParser.number(b[0..<2]), hour < 24,
      let minute = DigitParser.number(b[3..<5]), minute < 60, let second = DigitParser.number(b[6..<8]), second < 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Removes a leading `.digits` and returns it as microseconds; 0 if there is none, nil if it is malformed.
  private static func takeFraction(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.first == UInt8(ascii: ".") else { return 0 }
    let digits = rest.dropFirst().prefix(while: { $0 >= 48 && $0 <= 57 })
    guard (1...9).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count + 1)
    let six = Array(digits.prefix(6)) + Array(repeating: 48, count: max(0, 6 - digits.count))
    return DigitParser.number(six)
  }

  /// `Z`, `z` or `±HH:MM`, in seconds.
  private static func offsetSeconds(_ bytes: ArraySlice<UInt8>) -> Int? {
    let b = Array(bytes)
    if b.count == 1, b[0] == UInt8(ascii: "Z") || b[0] == UInt8(ascii: "z") { return 0 }
    guard b.count == 6, b[0] == UInt8(ascii: "+") || b[0] == UInt8(ascii: "-"), b[3] == UInt8(ascii: ":"),
      let hour = DigitParser.number(b[1..<3]), hour < 24, let minute = DigitParser.number(b[4..<6]), minute < 60
    else { return nil }
    return (b[0] == UInt8(ascii: "-") ? -1 : 1) * (hour * 3600 + minute * 60)
  }

  private static func offset(_ seconds: Int) -> String {
    if seconds == 0 { return "Z" }
    let minutes = abs(seconds) / 60
    return (seconds < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
  }

  private static func two(_ number: Int) -> String { "\(number)".padded(to: 2) }
}
