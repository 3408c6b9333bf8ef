import AssignmentStore
import BookingDomain
import Foundation

/// The database itself: its version, what it keeps in a crash, who one is to it, and room for it.
struct DatabaseCheck: Sendable {
  let facts: DatabaseFacts
  /// A schema that is not there yet brings its extensions.
  var hasSchema = true

  func examine() -> [Examination] {
    var found = [Examination("database", .fine, "\(facts.engine.rawValue) \(facts.version) answers")]
    found += extensions + durability + role + writers
    if let file = facts.file { found.append(DiskCheck.examine(file)) }
    return found
  }

  static func unreachable(_ address: DatabaseAddress, _ error: any Error) -> Examination {
    Examination("database", .critical, words(error), advice: advice(address, error))
  }

  private static func words(_ error: any Error) -> String {
    "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func advice(_ address: DatabaseAddress, _ error: any Error) -> String {
    if error is ConfigurationProblem { return "`headwaiter migrate` makes one; look whether the path is meant" }
    switch address {
    case .sqlite: return "look at the file's path, owner and disk; a copy or a restore must not be half done"
    case .postgres:
      return "try `psql` with the same address: is the server up, does it let this machine and role in "
        + "(pg_hba.conf, password, TLS), is max_connections reached"
    }
  }

  private var extensions: [Examination] {
    (hasSchema ? facts.missingExtensions : []).map {
      Examination(
        "extensions", .critical, "the extension \($0) is missing",
        advice: "as the owner: `headwaiter migrate`, or CREATE EXTENSION \($0)")
    }
  }

  private var durability: [Examination] {
    let unsafe = facts.durability.filter { !$0.isSafe }
    guard !unsafe.isEmpty else {
      let all = facts.durability.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      return [Examination("durability", .fine, all)]
    }
    return unsafe.map {
      Examination(
        "durability", .finding, "\($0.name) is \($0.value): a crash can lose bookings that were answered",
        advice: "set it to \($0.safe.first ?? "another value")")
    }
  }

  private var role: [Examination] {
    guard let role = facts.role else { return [] }
    if !role.missing.isEmpty {
      return [
        Examination(
          "rights", .critical, "\(role.name) lacks \(Self.shortened(role.missing))",
          advice: "as the owner: psql -f ops/postgresql/grants.sql")
      ]
    }
    var found = [
      role.isSuperuser
        ? Examination(
          "rights", .finding, "\(role.name) is a superuser",
          advice: "let instances run as headwaiter_app: ops/postgresql/roles.sql and grants.sql")
        : Examination("rights", .fine, "\(role.name) may do what it must")
    ]
    if !role.seesOthers, facts.neighbours > 0 {
      found.append(
        Examination(
          "rights", .finding,
          "\(role.name) does not see transactions of the server's other databases, which then hold live events up",
          advice: "as a superuser: GRANT pg_read_all_stats TO \(role.name)"))
    }
    return found
  }

  /// The first few of many.
  private static func shortened(_ list: [String]) -> String {
    let rest = list.count - 4
    return list.prefix(4).joined(separator: ", ") + (rest > 0 ? ", and \(rest) more" : "")
  }

  private var writers: [Examination] {
    guard let age = facts.oldestWriter, age > .seconds(10) else { return [] }
    return [
      Examination(
        "transactions", .finding,
        "one that has written is open for \(age.components.seconds) s: live events wait for it",
        advice: "find it in pg_stat_activity (xact_start, query) and end it")
    ]
  }
}

/// Room for a database file.
enum DiskCheck {
  private static let scarce: UInt64 = 1 << 30
  private static let critical: UInt64 = 64 << 20

  static func examine(_ file: String) -> Examination {
    let folder = (file as NSString).deletingLastPathComponent
    let system = try? FileManager.default.attributesOfFileSystem(forPath: folder.isEmpty ? "." : folder)
    guard let free = (system?[.systemFreeSize] as? NSNumber)?.uint64Value else {
      return Examination(
        "disk", .finding, "the room on it is not known", advice: "look by hand: `df \(file)`")
    }
    let size = [file, file + "-wal"].reduce(UInt64(0)) { $0 + bytes($1) }
    return judge(size: size, free: free)
  }

  /// - Parameters: in bytes.
  static func judge(size: UInt64, free: UInt64) -> Examination {
    let detail = "the database has \(megabytes(size)), free are \(megabytes(free))"
    guard free < scarce else { return Examination("disk", .fine, detail) }
    return Examination(
      "disk", free < critical ? .critical : .finding, detail,
      advice: "make room: without any, nothing can be booked; `headwaiter prune --dry-run` says what is kept by age")
  }

  private static func bytes(_ path: String) -> UInt64 {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.uint64Value ?? 0
  }

  private static func megabytes(_ bytes: UInt64) -> String {
    bytes >= 10 << 30 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
  }
}
