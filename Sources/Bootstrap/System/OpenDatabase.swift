public import AssignmentStore
public import BookingDomain
import Foundation
import PostgresClient
import PostgresStore
import SQLiteStore
public import StoreFoundation

/// A database that is open; the only place that names a concrete backend.
public struct OpenDatabase: Sendable {
  private enum Backend: Sendable {
    case sqlite(SQLiteStore)
    case postgres(PostgresStore)
  }

  /// Why a database cannot be opened; one line that says what to do.
  public typealias OpeningError = StoreOpenError

  public let store: any AssignmentStore
  private let backend: Backend
  private let address: DatabaseAddress

  /// Opens a database, creating and migrating an empty one unless told otherwise.
  /// - Throws: `StoreOpenError`, one line.
  public init(
    _ address: DatabaseAddress, clock: any WallClock = SystemWallClock(), migrate: Bool = true
  ) async throws {
    self.address = address
    switch address {
    case .sqlite(let path):
      let sqlite = try SQLiteStore(path: path, clock: clock, migrate: migrate)
      (store, backend) = (sqlite, .sqlite(sqlite))
    case .postgres(let configuration, let lanes):
      var options = PostgresStore.Options()
      options.lanes = lanes
      let postgres = try await PostgresStore.open(configuration, options: options, migrate: migrate)
      (store, backend) = (postgres, .postgres(postgres))
    }
  }

  /// Opens a SQLite database of no worth, for a rehearsal: on its clock, without waiting for the disk.
  /// - Parameter isAway: while true, every call fails as if the database could not be reached.
  public init(
    rehearsal path: String, clock: any WallClock, isAway: @escaping @Sendable () -> Bool
  ) throws {
    let sqlite = try SQLiteStore(path: path, clock: clock, isThrowaway: true, isAway: isAway)
    (store, backend, address) = (sqlite, .sqlite(sqlite), .sqlite(path: path))
  }

  /// Opens a database that must be there already, for commands that do not make one.
  /// - Throws: ``ConfigurationProblem`` if there is none; `StoreOpenError`.
  public static func existing(
    _ address: DatabaseAddress, clock: any WallClock = SystemWallClock(), migrate: Bool = true
  ) async throws -> OpenDatabase {
    if case .sqlite(let path) = address, !FileManager.default.fileExists(atPath: path) {
      throw ConfigurationProblem(
        place: "--database", value: address.shown, allowed: "a database that is there; `headwaiter migrate` makes one")
    }
    return try await OpenDatabase(address, clock: clock, migrate: migrate)
  }

  /// Nothing works afterwards. PostgreSQL's connections end in the background.
  public func close() {
    switch backend {
    case .sqlite(let sqlite): sqlite.close()
    case .postgres(let postgres): Task { await postgres.close() }
    }
  }

  /// How instances on this database tell each other what there is to do; nil where they only poll.
  func signals(_ settings: PostgresSettings, instance: String) -> (any PeerSignals)? {
    guard case .postgres(let postgres) = backend, case .postgres(let configuration, _) = address else { return nil }
    return PostgresSignals(store: postgres, listening: settings.listening(beside: configuration), instance: instance)
  }

  /// The kind of database, for those who look on.
  var kind: String {
    switch backend {
    case .sqlite: "sqlite"
    case .postgres: "postgresql"
    }
  }

  /// Its connections at this moment, and what has happened to them; on SQLite nothing does.
  var connections: ConnectionCounts {
    switch backend {
    case .sqlite(let sqlite):
      let counts = sqlite.counts
      return ConnectionCounts(idle: counts.idle, busy: counts.busy, waiting: counts.waiting)
    case .postgres(let postgres):
      let counts = postgres.counts
      return ConnectionCounts(
        idle: counts.idle, busy: counts.busy, opening: counts.opening, waiting: counts.waiting, opened: counts.opened,
        refused: counts.refused, lost: counts.lost)
    }
  }

  /// Connections, and calls that wait for one; the last three since the start.
  struct ConnectionCounts: Sendable, Hashable {
    var idle: Int
    var busy: Int
    var opening = 0
    var waiting: Int
    var opened = 0
    var refused = 0
    var lost = 0
  }

  /// A migration: its place in line, and its name.
  public struct MigrationName: Sendable, Hashable {
    public var number: Int
    public var name: String
  }

  /// Migrations that this program has and the database does not.
  public func pendingMigrations() async throws -> [MigrationName] {
    switch backend {
    case .sqlite(let sqlite): try sqlite.pendingMigrations().map(Self.name)
    case .postgres(let postgres): try await postgres.pendingMigrations().map(Self.name)
    }
  }

  /// Applies them, in one transaction.
  /// - Returns: what was applied.
  public func migrate() async throws -> [MigrationName] {
    switch backend {
    case .sqlite(let sqlite): try sqlite.migrate().map(Self.name)
    case .postgres(let postgres): try await postgres.migrate().map(Self.name)
    }
  }

  private static func name(_ migration: Migration) -> MigrationName {
    MigrationName(number: migration.number, name: migration.name)
  }
}
