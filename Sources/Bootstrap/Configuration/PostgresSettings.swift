import PostgresClient

/// How a process uses its PostgreSQL database, beside the address.
public struct PostgresSettings: Sendable, Hashable {
  public static let connectionsName = "HEADWAITER_DATABASE_CONNECTIONS"
  public static let preparedName = "HEADWAITER_DATABASE_PREPARED"
  public static let lanesName = "HEADWAITER_DATABASE_LANES"
  public static let listenName = "HEADWAITER_DATABASE_LISTEN"

  /// Most connections of this process; 16.
  public var connections = 16
  /// Groups of writes that this process has under way at once; unless set 2, and 1 beside other instances.
  public var lanes: Int?
  /// Whether statements are prepared once per connection; true. False behind PgBouncer in transaction mode.
  public var preparedStatements = true
  /// The address on which this process listens for wake-ups, where the database itself is reached through a proxy that
  /// pools transactions; the database's unless set.
  public var listen: String?

  public init() {}

  /// - Parameter value: of a configuration variable, nil if unset.
  /// - Throws: ``ConfigurationProblem`` naming the variable.
  static func read(_ value: (String) -> String?) throws(ConfigurationProblem) -> PostgresSettings {
    var settings = PostgresSettings()
    if let text = value(connectionsName) {
      guard let count = Int(text), (2...100).contains(count) else {
        throw ConfigurationProblem(place: connectionsName, value: text, allowed: "2 to 100")
      }
      settings.connections = count
    }
    if let text = value(lanesName) {
      guard let count = Int(text), (1...32).contains(count) else {
        throw ConfigurationProblem(place: lanesName, value: text, allowed: "1 to 32")
      }
      settings.lanes = count
    }
    if let text = value(preparedName) {
      settings.preparedStatements = try ConfigurationProblem.bool(text, from: preparedName)
    }
    if let text = value(listenName) {
      guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else {
        throw ConfigurationProblem(place: listenName, value: "…", allowed: "postgresql://…, a direct connection")
      }
      settings.listen = text
    }
    return settings
  }

  func applied(to configuration: PostgresConfiguration) -> PostgresConfiguration {
    var configuration = configuration
    configuration.poolSize = connections
    configuration.preparedStatements = preparedStatements
    return configuration
  }

  /// For the connection that listens.
  func listening(beside configuration: PostgresConfiguration) -> PostgresConfiguration {
    var configuration = configuration
    if let listen { configuration.connectionString = listen }
    return configuration
  }
}
