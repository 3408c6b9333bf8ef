import Foundation
import PostgresClient

/// PgBouncer in transaction mode in front of a private server, for as long as this object lives.
public final class PgBouncer: Sendable {
  /// Of the database "postgres", as its superuser.
  public let connectionString: String
  private let pidFile: String
  private let cluster: PostgresCluster

  /// Where the program is; nil if it is not installed.
  public static var program: String? {
    ServerPrograms.executable("pgbouncer", in: ["/usr/sbin", "/usr/bin", "/usr/local/bin"])
  }

  /// - Parameter poolSize: connections to the server; clients share them.
  public static func start(before cluster: PostgresCluster, poolSize: Int = 2) async throws -> PgBouncer {
    guard let server = cluster.server else {
      throw PostgresTestingError("PgBouncer is only put before a private server")
    }
    guard let program else {
      throw PostgresTestingError("pgbouncer is not installed (Debian: apt-get install pgbouncer)")
    }
    let port = try FreePort.find()
    let file = "\(server.folder)/pgbouncer-\(port)"
    let settings = [
      "[databases]", "* = host=\(server.folder) port=\(server.port ?? 5432) user=postgres", "[pgbouncer]",
      "listen_addr = 127.0.0.1", "listen_port = \(port)", "unix_socket_dir =", "auth_type = any",
      "pool_mode = transaction", "default_pool_size = \(poolSize)", "max_client_conn = 200",
      "logfile = \(file).log", "pidfile = \(file).pid",
    ]
    try settings.joined(separator: "\n").write(toFile: "\(file).ini", atomically: false, encoding: .utf8)
    try await server.programs.command(at: program, ["-d", "-q", "\(file).ini"]).run()
    let bouncer = PgBouncer(port: port, pidFile: "\(file).pid", cluster: cluster)
    try await bouncer.waitUntilReady()
    return bouncer
  }

  /// It does not listen yet when its command returns.
  private func waitUntilReady() async throws {
    let pool = PostgresPool(
      PostgresConfiguration(connectionString: connectionString, poolSize: 1, preparedStatements: false))
    var tries = 0
    while true {
      do throws(PostgresError) {
        _ = try await pool.query(PostgresStatement("SELECT 1"))
        return await pool.close()
      } catch {
        tries += 1
        guard tries < 600 else { throw error }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  private init(port: Int, pidFile: String, cluster: PostgresCluster) {
    connectionString = "host=127.0.0.1 port=\(port) user=postgres dbname=postgres"
    self.pidFile = pidFile
    self.cluster = cluster
  }

  deinit {
    let pid = (try? String(contentsOfFile: pidFile, encoding: .utf8)).flatMap { Int32($0.prefix { $0.isNumber }) }
    if let pid { kill(pid, SIGTERM) }
  }
}
