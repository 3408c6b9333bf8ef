import Foundation

/// A server of this process's own.
final class PrivateServer: Sendable {
  let programs: ServerPrograms
  let folder: String
  let port: Int?
  let connectionString: String
  let certificateFile: String?
  private let watchdog: ClusterWatchdog

  private var data: String { "\(folder)/data" }

  private init(_ options: PostgresClusterOptions) async throws {
    programs = try await ServerPrograms.find()
    folder = try TemporaryFolder.make(onDisk: options.isDurable)
    watchdog = try ClusterWatchdog(folder: folder)
    port = options.listensOnLoopback ? try FreePort.find() : nil
    certificateFile = options.offersTLS ? "\(folder)/data/server.crt" : nil
    connectionString = "host=\(folder) port=\(port ?? 5432) user=postgres dbname=postgres"
    guard chown(folder, programs.owner.user, programs.owner.group) == 0 else {
      throw PostgresTestingError("\(folder) cannot be given to the server's user")
    }
  }

  static func start(_ options: PostgresClusterOptions) async throws -> PrivateServer {
    let server = try await PrivateServer(options)
    try await server.initialize(options)
    try await server.start()
    return server
  }

  func start() async throws {
    try await programs.command("pg_ctl", ["start", "-w", "-s", "-D", data, "-l", "\(folder)/server.log"]).run()
  }

  func stop(_ mode: PostgresCluster.StopMode) async throws {
    try await programs.command("pg_ctl", ["stop", "-w", "-s", "-D", data, "-m", mode.rawValue]).run()
  }

  private func initialize(_ options: PostgresClusterOptions) async throws {
    let arguments = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    try await programs.command("initdb", arguments).run()
    if options.offersTLS { try await makeCertificate() }
    try append(settings(options), to: "postgresql.conf")
    let rules = try String(contentsOfFile: "\(data)/pg_hba.conf", encoding: .utf8)
    try (options.accessRules + [rules]).joined(separator: "\n")
      .write(toFile: "\(data)/pg_hba.conf", atomically: false, encoding: .utf8)
  }

  private func settings(_ options: PostgresClusterOptions) -> [String: String] {
    var settings = [
      "listen_addresses": port == nil ? "" : "127.0.0.1", "port": "\(port ?? 5432)",
      "unix_socket_directories": folder, "max_connections": "200", "timezone": "UTC",
    ]
    if !options.isDurable {
      settings.merge(["fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"]) { $1 }
    }
    if options.offersTLS {
      settings.merge(["ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key"]) { $1 }
    }
    return settings.merging(options.settings) { $1 }
  }

  private func append(_ settings: [String: String], to file: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(data)/\(file)"))
    defer { try? handle.close() }
    try handle.seekToEnd()
    let lines = settings.sorted { $0.key < $1.key }.map { "\($0.key) = '\($0.value)'\n" }.joined()
    try handle.write(contentsOf: Data("\n\(lines)".utf8))
  }

  private func makeCertificate() async throws {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    guard let openssl = ServerPrograms.executable("openssl", in: path.split(separator: ":").map(String.init)) else {
      throw PostgresTestingError("openssl is not installed (Debian: apt-get install openssl)")
    }
    try await programs.command(
      at: openssl,
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout", "\(data)/server.key", "-out", "\(data)/server.crt",
      ]
    ).run()
  }
}
