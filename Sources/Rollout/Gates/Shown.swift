/// Numbers as sentences show them.
public enum Shown {
  /// At most two decimals, without trailing zeros.
  public static func number(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard let whole = Int(exactly: hundredths) else { return "\(value)" }
    let sign = whole < 0 ? "-" : ""
    let fraction = whole.magnitude % 100
    let units = whole.magnitude / 100
    if fraction == 0 { return "\(sign)\(units)" }
    if fraction % 10 == 0 { return "\(sign)\(units).\(fraction / 10)" }
    return "\(sign)\(units)." + (fraction < 10 ? "0" : "") + "\(fraction)"
  }

  /// The same with its unit.
  public static func number(_ value: Double, _ unit: CriterionKind.Unit) -> String {
    switch unit {
    case .percent: "\(number(value)) %"
    case .points: "\(number(value)) points"
    case .count: number(value)
    case .seconds: duration(value)
    case .milliseconds: "\(number(value)) ms"
    case .days: "\(number(value)) days"
    }
  }

  /// Seconds up to ten minutes, then as `12 min 5 s`, `24 h`, `5 h 3 min` or `7 d 2 h`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds >= 600, let whole = Int(exactly: seconds.rounded(.down)) else { return "\(number(seconds)) s" }
    if whole < 3_600 { return pair(whole, 60, "min", 1, "s") }
    if whole < 172_800 { return pair(whole, 3_600, "h", 60, "min") }
    return pair(whole, 86_400, "d", 3_600, "h")
  }

  /// In two units, the second one only where there is something of it.
  private static func pair(_ seconds: Int, _ large: Int, _ name: String, _ small: Int, _ rest: String) -> String {
    let count = seconds % large / small
    return "\(seconds / large) \(name)" + (count > 0 ? " \(count) \(rest)" : "")
  }
}
