import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PostgresClient
import PostgresStore
import PostgresTesting

/// A store on a database of its own, copied from one that was migrated once.
struct PostgresStoreBench {
  let database: PostgresTestDatabase
  let clock = ManualClock()
  let store: PostgresStore

  private static let template = Task {
    let database = try await PostgresCluster.shared().makeDatabase()
    await (try PostgresStore.open(database.configuration)).close()
    return database
  }

  init() async throws {
    database = try await PostgresCluster.shared().makeDatabase(template: Self.template.value.name)
    store = try await Self.open(database, clock)
  }

  static func open(_ database: PostgresTestDatabase, _ clock: ManualClock) async throws -> PostgresStore {
    try await PostgresStore.open(database.configuration, testClock: clock)
  }
}
