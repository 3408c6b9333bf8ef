import BookingDomain
import Rollout

/// Numbers and times as the report shows them.
enum ReportNumber {
  /// So many of so many, in per cent with one decimal; a dash for none of none. Only none is 0 %, and only all are 100 %.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let percent = 100 * Double(part) / Double(whole)
    if part > 0, percent < 0.05 { return "< 0.1 %" }
    if part < whole, percent >= 99.95 { return "> 99.9 %" }
    return decimal(percent, 1) + " %"
  }

  /// With a dash for nothing.
  static func milliseconds(_ value: Double?) -> String { value.map { decimal($0, $0 < 10 ? 2 : 0) } ?? "–" }

  static func value(_ value: Double?, _ unit: CriterionKind.Unit) -> String {
    guard let value else { return "–" }
    switch unit {
    case .count, .days: return decimal(value, 0)
    case .seconds: return Shown.duration(value)
    case .percent: return decimal(value, 2) + " %"
    case .points: return decimal(value, 2) + " points"
    case .milliseconds: return decimal(value, 1) + " ms"
    }
  }

  /// Rounded to so many decimals, without those that say nothing.
  static func decimal(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    guard let scaled = Int(exactly: (value * Double(scale)).rounded()) else { return "\(value)" }
    let sign = scaled < 0 ? "−" : ""
    let whole = grouped(Int(scaled.magnitude) / scale)
    let rest = Int(scaled.magnitude) % scale
    guard rest > 0 else { return sign + whole }
    let digits = String("\(scale + rest)".dropFirst())
    return "\(sign)\(whole).\(trimmed(digits))"
  }

  private static func trimmed(_ digits: String) -> String {
    var digits = digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return digits
  }

  /// With commas between thousands.
  static func grouped(_ number: Int) -> String {
    var rest = String(number.magnitude)
    var groups: [String] = []
    while rest.count > 3 {
      groups.insert(String(rest.suffix(3)), at: 0)
      rest.removeLast(3)
    }
    return (number < 0 ? "−" : "") + ([rest] + groups).joined(separator: ",")
  }

  /// As `2026-11-28 02:05 UTC`.
  static func time(_ time: Timestamp) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }

  /// As `2026-11-28 02:05:41`, where seconds count; the column says that it is UTC.
  static func moment(_ time: Timestamp) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }
}
