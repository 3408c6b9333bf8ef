public import AssignmentStore
public import BookingDomain
import Foundation
import SQLiteStore

/// A database that is open; the only place that names a concrete backend.
public struct OpenDatabase: Sendable {
  public let store: any AssignmentStore
  private let backend: SQLiteStore

  /// Opens a database, creating and migrating an empty one unless told otherwise.
  /// - Throws: `StoreOpenError`, one line.
  public init(_ address: DatabaseAddress, clock: any WallClock = SystemWallClock(), migrate: Bool = true) throws {
    switch address {
    case .sqlite(let path):
      backend = try SQLiteStore(path: path, clock: clock, migrate: migrate)
      store = backend
    }
  }

  /// Opens a database that must be there already, for commands that do not make one.
  /// - Throws: ``ConfigurationProblem`` if there is none; `StoreOpenError`.
  public static func existing(_ address: DatabaseAddress, migrate: Bool = true) throws -> OpenDatabase {
    switch address {
    case .sqlite(let path):
      guard FileManager.default.fileExists(atPath: path) else {
        throw ConfigurationProblem(
          place: "--database", value: "sqlite:\(path)",
          allowed: "a database that is there; `headwaiter migrate` makes one")
      }
    }
    return try OpenDatabase(address, migrate: migrate)
  }

  public func close() { backend.close() }

  /// A migration: its place in line, and its name.
  public struct MigrationName: Sendable, Hashable {
    public var number: Int
    public var name: String
  }

  /// Migrations that this program has and the database does not.
  public func pendingMigrations() throws -> [MigrationName] { try backend.pendingMigrations().map(Self.name) }

  /// Applies them, in one transaction.
  /// - Returns: what was applied.
  public func migrate() throws -> [MigrationName] { try backend.migrate().map(Self.name) }

  private static func name(_ migration: Migration) -> MigrationName {
    MigrationName(number: migration.number, name: migration.name)
  }
}
