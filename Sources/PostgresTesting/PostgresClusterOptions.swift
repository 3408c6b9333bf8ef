/// How a private server is set up.
public struct PostgresClusterOptions: Sendable {
  /// Whether it also listens for TCP, on a free port of the loopback interface; false.
  public var listensOnLoopback = false
  /// Whether a crash of the machine loses nothing; false, since tests want speed: then it writes to memory where there is
  /// enough. A crash of the server never loses anything.
  public var isDurable = false
  /// Whether it offers TLS with a certificate of its own making; false. Needs the program `openssl`.
  public var offersTLS = false
  /// Lines for `pg_hba.conf` that come before the one that trusts everybody.
  public var accessRules: [String] = []
  /// Settings of `postgresql.conf`.
  public var settings: [String: String] = [:]

  public init() {}
}
