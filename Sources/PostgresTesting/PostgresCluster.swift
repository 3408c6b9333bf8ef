import Foundation
import PostgresClient
import Resilience

/// A PostgreSQL server for tests: a private one in a temporary folder, or the one that `HEADWAITER_TEST_DATABASE` names.
///
/// A private server ends, and its folder is deleted, with the last reference or with this process, however that ends.
public final class PostgresCluster: Sendable {
  /// How a server is stopped.
  public enum StopMode: String, Sendable {
    /// Connections are ended in good order.
    case fast
    /// As in a crash: the next start recovers from the log.
    case immediate
  }

  private static let sharedStart = Locked<Task<PostgresCluster, any Error>?>(nil)

  /// Of a superuser in the database "postgres".
  public let connectionString: String
  let server: PrivateServer?

  private init(connectionString: String, server: PrivateServer?) {
    self.connectionString = connectionString
    self.server = server
  }

  /// The one server that all tests of this process share, each in databases of its own.
  public static func shared() async throws -> PostgresCluster {
    let start = sharedStart.withLock { start in
      if let start { return start }
      let new = Task { try await startShared() }
      start = new
      return new
    }
    return try await start.value
  }

  /// The server that `HEADWAITER_TEST_DATABASE` names; nil if it is not set.
  /// - Throws: if the server is not on this machine, since tests make and drop databases.
  public static func given() throws -> PostgresCluster? {
    let given = ProcessInfo.processInfo.environment["HEADWAITER_TEST_DATABASE"] ?? ""
    guard !given.isEmpty else { return nil }
    let hosts = PostgresConfiguration(connectionString: given).hosts
    guard !hosts.isEmpty, hosts.allSatisfy(isLocal) else {
      throw PostgresTestingError("tests write to HEADWAITER_TEST_DATABASE, so it must be on localhost")
    }
    return PostgresCluster(connectionString: given, server: nil)
  }

  /// Starts a private server.
  public static func start(
    _ options: PostgresClusterOptions = PostgresClusterOptions()
  ) async throws -> PostgresCluster {
    let server = try await PrivateServer.start(options)
    return PostgresCluster(connectionString: server.connectionString, server: server)
  }

  /// The same server, another database.
  public func connectionString(database: String) -> String {
    guard connectionString.contains("://") else { return "\(connectionString) dbname=\(database)" }
    return connectionString + (connectionString.contains("?") ? "&" : "?") + "dbname=\(database)"
  }

  /// Makes a database that is dropped with the last reference to it.
  /// - Parameter template: a database to copy, which nobody may be using meanwhile; PostgreSQL's own unless given.
  public func makeDatabase(template: String? = nil) async throws -> PostgresTestDatabase {
    try await PostgresTestDatabase.make(on: self, template: template)
  }

  /// Where the private server listens for TCP on the loopback interface, if its options say so.
  public var port: Int? { server?.port }

  /// Where a private server keeps its files.
  public var folder: String? { server?.folder }

  /// The private server's own certificate, if its options say that it offers TLS.
  public var certificateFile: String? { server?.certificateFile }

  /// Stops a private server, for tests of what happens without one.
  public func stop(_ mode: StopMode = .fast) async throws { try await privateServer().stop(mode) }

  /// Starts a stopped private server.
  public func start() async throws { try await privateServer().start() }

  public func restart(_ mode: StopMode = .fast) async throws {
    try await stop(mode)
    try await start()
  }

  private func privateServer() throws -> PrivateServer {
    guard let server else { throw PostgresTestingError("only a private server is stopped and started by tests") }
    return server
  }

  private static func startShared() async throws -> PostgresCluster {
    if let given = try given() { return given }
    return try await start()
  }

  private static func isLocal(_ host: String) -> Bool {
    host.hasPrefix("/") || host.hasPrefix("@") || ["localhost", "127.0.0.1", "::1"].contains(host)
  }
}
