import Foundation

/// Where the programs of PostgreSQL's server are, and as whom they run: PostgreSQL refuses to run as root.
struct ServerPrograms: Sendable {
  /// Holds `initdb`, `pg_ctl` and `postgres`.
  let folder: String
  /// What comes before a command so that it runs as another user; nothing unless this process is root's.
  let prefix: [String]
  /// The owner of the cluster's files.
  let owner: (user: UInt32, group: UInt32)

  /// Looks beside `pg_config`, in Debian's folders (the newest version first), and in PATH.
  static func find() async throws -> ServerPrograms {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    var folders = try debianFolders() + path
    if let config = executable("pg_config", in: path) {
      let answer = try? await Command(config, ["--bindir"]).run()
      folders.insert(answer?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "", at: 0)
    }
    guard let folder = folders.first(where: { executable("initdb", in: [$0]) != nil }) else {
      throw PostgresTestingError("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    }
    guard getuid() == 0 else { return ServerPrograms(folder: folder, prefix: [], owner: (getuid(), getgid())) }
    return try asServerUser(folder, path)
  }

  func command(_ program: String, _ arguments: [String]) -> Command { command(at: "\(folder)/\(program)", arguments) }

  /// A program elsewhere, run as the owner of the cluster.
  func command(at path: String, _ arguments: [String]) -> Command {
    let words = prefix + [path] + arguments
    return Command(words[0], Array(words.dropFirst()))
  }

  /// Where a program is, in the first folder that has it.
  static func executable(_ name: String, in folders: [String]) -> String? {
    folders.lazy.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func debianFolders() throws -> [String] {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
  }

  private static func asServerUser(_ folder: String, _ path: [String]) throws -> ServerPrograms {
    guard let entry = getpwnam("postgres")?.pointee else {
      throw PostgresTestingError("PostgreSQL does not run as root, and there is no user \"postgres\" to run it")
    }
    let folders = path + ["/usr/sbin", "/sbin", "/usr/bin"]
    let prefix: [String]
    if let setpriv = executable("setpriv", in: folders) {
      prefix = [setpriv, "--reuid", "postgres", "--regid", "\(entry.pw_gid)", "--init-groups"]
    } else if let runuser = executable("runuser", in: folders) {
      prefix = [runuser, "-u", "postgres", "--"]
    } else {
      throw PostgresTestingError("PostgreSQL does not run as root, and neither setpriv nor runuser is installed")
    }
    return ServerPrograms(folder: folder, prefix: prefix, owner: (entry.pw_uid, entry.pw_gid))
  }
}
