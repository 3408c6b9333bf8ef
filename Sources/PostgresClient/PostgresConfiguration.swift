/// How to reach a server, and for how long to wait for it.
public struct PostgresConfiguration: Sendable, Hashable {
  /// A libpq connection string, as URI or as `key=value` pairs, with every option that libpq knows, TLS included.
  ///
  /// `application_name` is "headwaiter" unless set; `client_encoding` is always UTF-8; `connect_timeout` is not used
  /// (see ``connectTimeout``).
  public var connectionString: String
  /// The most connections that the pool opens; 16.
  public var poolSize: Int
  /// For opening one connection, all hosts and addresses together; 5 seconds.
  public var connectTimeout: Duration
  /// For one call, which is one round trip, from when it has a connection; 10 seconds. The statement is then really cancelled.
  public var statementTimeout: Duration
  /// For a connection of the pool; 5 seconds.
  public var waitTimeout: Duration
  /// Whether statements are prepared once per connection; true. Switch it off behind PgBouncer in transaction mode:
  /// then nothing depends on the session.
  public var preparedStatements: Bool
  /// Command-line options of the server for these sessions, for example `-c jit=off`; what the connection string says in
  /// `options` takes their place. Not for connections through PgBouncer, which refuses them.
  public var serverOptions = ""

  public init(
    connectionString: String, poolSize: Int = 16, connectTimeout: Duration = .seconds(5),
    statementTimeout: Duration = .seconds(10), waitTimeout: Duration = .seconds(5), preparedStatements: Bool = true
  ) {
    self.connectionString = connectionString
    self.poolSize = poolSize
    self.connectTimeout = connectTimeout
    self.statementTimeout = statementTimeout
    self.waitTimeout = waitTimeout
    self.preparedStatements = preparedStatements
  }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Without the connection string, which may hold a password.
  public var description: String {
    "PostgresConfiguration(poolSize: \(poolSize), preparedStatements: \(preparedStatements))"
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["poolSize": poolSize]) }
}
