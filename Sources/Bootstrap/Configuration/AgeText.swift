/// Ages as people write them: `90s`, `30m`, `24h`, `30d`.
public enum AgeText {
  public static let allowed = "an age such as 90s, 30m, 24h or 30d"

  private static let units: [(name: Character, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]

  /// - Returns: nil for a text that is none, or that is zero or over a million.
  public static func parse(_ text: String) -> Duration? {
    guard let unit = units.first(where: { $0.name == text.last }), let count = Int64(text.dropLast()),
      (1...1_000_000).contains(count), text.dropLast().allSatisfy(\.isWholeNumber)
    else { return nil }
    return .seconds(count * unit.seconds)
  }

  /// In the largest unit that leaves no rest.
  public static func text(_ age: Duration) -> String {
    let seconds = age.components.seconds
    guard seconds > 0, let unit = units.first(where: { seconds % $0.seconds == 0 }) else { return "\(seconds)s" }
    return "\(seconds / unit.seconds)\(unit.name)"
  }
}
