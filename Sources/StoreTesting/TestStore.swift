public import AssignmentStore
import BookingDomain
import Foundation
public import HeadwaiterTesting
import PostgresClient
import PostgresStore
public import PostgresTesting
import SQLiteStore

/// An empty store of its own for a test, on the database that `HEADWAITER_TEST_STORE` names: `sqlite`, unless set, or
/// `postgresql`. Its database goes with the last reference.
public final class TestStore: Sendable {
  /// Which databases there are.
  public enum Kind: String, Sendable, CaseIterable {
    case sqlite, postgresql

    /// The one that this run of the tests is for.
    public static let chosen: Kind = {
      guard let text = ProcessInfo.processInfo.environment["HEADWAITER_TEST_STORE"] else { return .sqlite }
      guard let kind = Kind(rawValue: text) else {
        preconditionFailure("HEADWAITER_TEST_STORE is \"\(text)\"; allowed: sqlite, postgresql")
      }
      return kind
    }()
  }

  private enum Home: Sendable {
    case folder(TemporaryFolder, SQLiteStore)
    case database(PostgresTestDatabase, PostgresStore, TestSlot)
  }

  public let store: any AssignmentStore
  private let home: Home

  /// - Parameter clock: taken for the database's clock.
  public init(clock: ManualClock, on kind: Kind = .chosen) async throws {
    switch kind {
    case .sqlite:
      let folder = try TemporaryFolder()
      let sqlite = try SQLiteStore(path: folder.file("test.sqlite"), clock: clock)
      (home, store) = (.folder(folder, sqlite), sqlite)
    case .postgresql:
      let slot = await TestSlot.take()
      let database = try await PostgresTemplate.makeDatabase()
      let postgres = try await PostgresStore.open(database.configuration, testClock: clock)
      (home, store) = (.database(database, postgres, slot), postgres)
    }
  }

  /// From now on every call fails, as when storage is away.
  public func close() async {
    switch home {
    case .folder(_, let sqlite): sqlite.close()
    case .database(_, let postgres, _): await postgres.close()
    }
  }
}

/// Databases that are copied from one that was migrated once.
public enum PostgresTemplate {
  private static let template = Task {
    let database = try await PostgresCluster.shared().makeDatabase()
    await (try PostgresStore.open(database.configuration)).close()
    return database
  }

  public static func makeDatabase() async throws -> PostgresTestDatabase {
    try await PostgresCluster.shared().makeDatabase(template: template.value.name)
  }
}
