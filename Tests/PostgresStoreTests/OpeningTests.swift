import BookingDomain
import HeadwaiterTesting
import PostgresClient
import PostgresTesting
import StoreFoundation
import Testing

@testable import PostgresStore

@Suite struct OpeningTests {
  @Test func emptyDatabase_severalAtOnce_isMigratedOnce() async throws {
    let database = try await PostgresCluster.shared().makeDatabase()
    let stores = try await withThrowingTaskGroup(of: PostgresStore.self) { group in
      for _ in 0..<4 { group.addTask { try await PostgresStore.open(database.configuration) } }
      return try await group.reduce(into: [PostgresStore]()) { $0.append($1) }
    }
    let pending = try await stores[0].pendingMigrations()
    #expect(pending == [])
    let applied = try await stores[1].read("SELECT count(*) FROM schema_migrations")[0].int(0)
    #expect(applied == Migration.postgres.count)
  }

  @Test func migrations_haveTheNumbersAndNamesOfTheOtherDatabase() {
    let numbers = Migration.postgres.map(\.number)
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }, "\(numbers)")
    #expect(
      Migration.postgres.map(\.name)
        == [
          "bookings", "claims", "queue", "journal", "access", "breakers", "rounds", "instances", "outcomes", "traces",
          "flags", "rollout", "day_plans", "stays",
        ])
  }

  @Test func booking_fromBeforeTheRatesWereStored_isKeptAndUnknown() async throws {
    let database = try await PostgresCluster.shared().makeDatabase()
    let older = PostgresPool(database.configuration)
    for migration in Migration.postgres.prefix(8) { try await older.script(migration.sql) }
    let recorded = Migration.postgres.prefix(8).map { "(\($0.number), '\($0.name)', '\($0.checksum)', 7, now())" }
    try await older.script(
      """
      CREATE TABLE schema_migrations (number bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
        needs bigint NOT NULL, applied_at timestamptz NOT NULL);
      INSERT INTO schema_migrations VALUES \(recorded.joined(separator: ", "));
      INSERT INTO booking_assignment_state_history
        (restaurant_id, booking_id, version, to_state, mode, actor, cause, metadata, created_at)
      VALUES ('house', 'old', 1, 'created', 'manual', 'app', 'create', '{}', now());
      INSERT INTO bookings (id, restaurant_id, status, assignment_state, assignment_state_version, origin, party_size,
        tags, needs, service_date, dining_start, dining_end, block_start, block_end, state_entered_at, attempts, tables,
        pinned, created_at, updated_at)
      VALUES ('old', 'house', 'pending', 'created', 1, 'guest', 2, '{}', '{}', '2026-06-01', now(), now(), now(), now(),
        now(), 0, '{}', false, now(), now());
      """)
    await older.close()
    let store = try await PostgresStore.open(database.configuration)
    let booking = try await store.booking("old")
    #expect(booking?.work == AutomaticWork())
    let standing = try await store.read("SELECT standing FROM v_outcomes")[0].text(0)
    #expect(standing == "unknown")
    await store.close()
  }

  @Test func migration_thatWasEdited_stopsTheStart() async throws {
    let bench = try await PostgresStoreBench()
    try await bench.execute("UPDATE schema_migrations SET checksum = 'other' WHERE number = 2")
    await #expect(throws: StoreOpenError.checksumMismatch(number: 2, name: "claims")) {
      try await PostgresStore.open(bench.database.configuration)
    }
  }

  @Test func newerMigration_thatOlderProgramsCanWorkWith_doesNotStopThem() async throws {
    let bench = try await PostgresStoreBench()
    try await bench.execute("INSERT INTO schema_migrations VALUES (99, 'later', 'x', 7, now())")
    let store = try await PostgresStore.open(bench.database.configuration)
    let epoch = try await store.flagsEpoch()
    #expect(epoch == 0)
  }

  @Test func newerMigration_thatNeedsANewerProgram_stopsTheStart() async throws {
    let bench = try await PostgresStoreBench()
    try await bench.execute("INSERT INTO schema_migrations VALUES (99, 'later', 'x', 99, now())")
    await #expect(throws: StoreOpenError.newerSchema(number: 99, known: Migration.postgres.last?.number ?? 0)) {
      try await PostgresStore.open(bench.database.configuration)
    }
  }

  @Test func serverThatIsNotThere_isOneLineWithoutThePassword() async throws {
    var configuration = PostgresConfiguration(
      connectionString: "postgresql://someone:secret@127.0.0.1:1/nowhere?connect_timeout=2")
    configuration.waitTimeout = .seconds(2)
    do {
      _ = try await PostgresStore.open(configuration)
      Issue.record("it opened")
    } catch {
      #expect(error.description.hasPrefix("cannot open the database postgresql: "))
      #expect(!error.description.contains("secret"))
      #expect(!error.description.contains("\n"))
    }
  }
}
