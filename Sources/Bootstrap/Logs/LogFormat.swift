/// How log lines are written.
public enum LogFormat: String, Sendable, CaseIterable {
  /// For people: time, level, label, message, and what it is about as `name=value`.
  case text
  /// For programs: an object on each line.
  case json

  public static let allowed = LogFormat.allCases.map(\.rawValue).joined(separator: ", ")
}
