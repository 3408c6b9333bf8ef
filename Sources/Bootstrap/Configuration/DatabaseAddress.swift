/// Which database: `sqlite:PATH`, or `postgresql://…` once that store is there.
public enum DatabaseAddress: Sendable, Hashable {
  case sqlite(path: String)

  /// - Throws: ``ConfigurationProblem`` naming the value and what is allowed.
  public init(_ text: String, from place: String = "--database") throws(ConfigurationProblem) {
    if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
      throw ConfigurationProblem(
        place: place, value: "postgresql://…", allowed: "sqlite:PATH; PostgreSQL is not there yet")
    }
    let path = text.hasPrefix("sqlite:") ? String(text.dropFirst("sqlite:".count)) : ""
    guard !path.isEmpty, path != ":memory:" else {
      throw ConfigurationProblem(place: place, value: text, allowed: "sqlite:PATH with the path of a file")
    }
    self = .sqlite(path: path)
  }
}

/// A configuration value that cannot be used; one line for the person who set it.
public struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The flag, option or variable.
  public var place: String
  public var value: String
  public var allowed: String
  /// For a misspelt name.
  public var suggestion: String?

  public init(place: String, value: String, allowed: String, suggestion: String? = nil) {
    self.place = place
    self.value = String(value.prefix(80))
    self.allowed = allowed
    self.suggestion = suggestion
  }

  public var description: String {
    let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
    return "\(place) is \"\(value)\"; allowed: \(allowed)\(hint)"
  }
}
