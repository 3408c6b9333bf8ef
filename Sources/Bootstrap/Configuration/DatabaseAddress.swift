public import PostgresClient

/// Which database: `sqlite:PATH`, or `postgresql://…`.
public enum DatabaseAddress: Sendable, Hashable {
  case sqlite(path: String)
  /// - Parameter lanes: groups of writes under way at once; nil lets the store choose.
  case postgres(PostgresConfiguration, lanes: Int?)

  public static let allowed = "sqlite:PATH, or postgresql://USER@HOST/DATABASE with any option of libpq"

  /// - Throws: ``ConfigurationProblem`` naming the value and what is allowed.
  public init(_ text: String, from place: String = "--database") throws(ConfigurationProblem) {
    if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
      self = .postgres(PostgresConfiguration(connectionString: text), lanes: PostgresSettings().lanes)
      return
    }
    let path = text.hasPrefix("sqlite:") ? String(text.dropFirst("sqlite:".count)) : ""
    guard !path.isEmpty, path != ":memory:" else {
      throw ConfigurationProblem(place: place, value: DatabaseAddress.masked(text), allowed: DatabaseAddress.allowed)
    }
    self = .sqlite(path: path)
  }

  /// The same database, used as a process's settings say.
  public func using(_ settings: PostgresSettings) -> DatabaseAddress {
    guard case .postgres(let configuration, _) = self else { return self }
    return .postgres(settings.applied(to: configuration), lanes: settings.lanes)
  }

  /// How it is shown: never with a password.
  public var shown: String {
    switch self {
    case .sqlite(let path): "sqlite:\(path)"
    case .postgres: "postgresql://…"
    }
  }

  /// A mistyped address may hold a password: what stands before an at sign is left out.
  private static func masked(_ text: String) -> String {
    text.lastIndex(of: "@").map { "…" + text[$0...] } ?? text
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

  /// Reads `true` or `false`.
  static func bool(_ text: String, from place: String) throws(ConfigurationProblem) -> Bool {
    guard let isOn = Bool(text) else { throw ConfigurationProblem(place: place, value: text, allowed: "true or false") }
    return isOn
  }

  public var description: String {
    let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
    return "\(place) is \"\(value)\"; allowed: \(allowed)\(hint)"
  }
}
