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
    case .seconds: "\(number(value)) s"
    case .milliseconds: "\(number(value)) ms"
    case .days: "\(number(value)) days"
    }
  }
}
