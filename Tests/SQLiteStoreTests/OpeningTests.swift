import AssignmentStore
import BookingDomain
import GRDB
import HeadwaiterTesting
import SQLiteStore
import StoreFoundation
import Testing

@testable import SQLiteStore

@Suite struct OpeningTests {
  @Test func writerSyncsFullyIntoAWriteAheadLogAndChecksForeignKeys() async throws {
    let database = try SQLiteTestDatabase()
    let settings = try await database.store.write { write in
      try ["synchronous", "journal_mode", "foreign_keys"].map { name in
        try String.fetchOne(write.session.db, sql: "PRAGMA \(name)")
      }
    }
    #expect(settings == ["2", "wal", "1"])
  }

  @Test func databasesInMemoryAreRefused() {
    #expect(throws: StoreOpenError.self) { try SQLiteStore(path: ":memory:", clock: ManualClock()) }
    #expect(throws: StoreOpenError.self) { try SQLiteStore(path: "/nowhere/at/all.sqlite", clock: ManualClock()) }
  }

  @Test func afterClosingEveryCallSaysUnavailable() async throws {
    let database = try SQLiteTestDatabase()
    database.store.close()
    await #expect(throws: StoreError.self) { try await database.store.booking("b-1") }
    do {
      try await database.store.commit(try SQLiteUnits.confirming("b-1", ["T1"], at: 0))
      Issue.record("a closed store wrote")
    } catch let error as StoreError {
      #expect(error.isStorageFailure)
    }
  }

  @Test func migrationsAreListedAppliedOnceAndRecorded() async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.file("a.sqlite"), clock: ManualClock(), migrate: false)
    let pending = try store.pendingMigrations()
    #expect(pending.map(\.number) == Migration.all.map(\.number))
    #expect(zip(pending, pending.dropFirst()).allSatisfy { $0.number < $1.number })
    #expect(try store.migrate() == pending)
    #expect(try store.pendingMigrations() == [])
    #expect(try store.migrate() == [])
    let recorded = try await store.read { session in
      try session.all("SELECT checksum FROM schema_migrations ORDER BY number") { $0.text(0) }
    }
    #expect(recorded == pending.map(\.checksum))
  }

  @Test func bookingsFromBeforeTheRatesWereStoredAreKeptAndUnknown() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("older.sqlite")
    let older = try DatabasePool(path: path)
    _ = try Migrator(migrations: Array(Migration.all.prefix(8))).migrate(older, now: ManualClock.start)
    try await older.write { db in
      try db.execute(
        sql: """
          INSERT INTO booking_assignment_state_history
            (booking_id, version, to_state, mode, actor, cause, metadata, created_at)
          VALUES ('old', 1, 'created', 'manual', 'app', 'create', '{}', 0);
          INSERT INTO bookings (id, restaurant_id, status, assignment_state, assignment_state_version, origin, party_size,
            tags, needs, service_date, dining_start, dining_end, block_start, block_end, state_entered_at, attempts,
            tables, pinned, created_at, updated_at)
          VALUES ('old', 'house', 'pending', 'created', 1, 'guest', 2, '[]', '[]', '2026-06-01', 1, 2, 1, 2, 0, 0, '[]',
            0, 0, 0)
          """)
    }
    try older.close()
    let store = try SQLiteStore(path: path, clock: ManualClock())
    let booking = try await store.booking("old")
    #expect(booking?.work == AutomaticWork())
    let standing = try await store.read { session in
      try session.first("SELECT standing FROM v_outcomes") { $0.text(0) }
    }
    #expect(standing == "unknown")
  }

  @Test func anEditedMigrationStopsTheStart() throws {
    let database = try SQLiteTestDatabase()
    database.store.close()
    try database.execute("UPDATE schema_migrations SET checksum = 'edited' WHERE number = 2")
    #expect(throws: StoreOpenError.checksumMismatch(number: 2, name: "claims")) {
      try SQLiteStore(path: database.path, clock: database.clock)
    }
  }

  @Test func aNewerDatabaseStopsTheStart() throws {
    let database = try SQLiteTestDatabase()
    database.store.close()
    try database.execute("INSERT INTO schema_migrations VALUES (99, 'future', 'x', 0)")
    #expect(throws: StoreOpenError.newerSchema(number: 99, known: Migration.all.last?.number ?? 0)) {
      try SQLiteStore(path: database.path, clock: database.clock)
    }
  }

  @Test func processesThatStartAtOnceMigrateOnce() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.sqlite")
    let stores = try await withThrowingTaskGroup(of: SQLiteStore.self) { group in
      for _ in 0..<8 { group.addTask { try SQLiteStore(path: path, clock: ManualClock()) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(stores.count == 8)
    #expect(try stores[0].pendingMigrations() == [])
  }

  @Test func twoStoresOnOneFileShareTheirRefusals() async throws {
    let database = try SQLiteTestDatabase()
    let other = try SQLiteStore(path: database.path, clock: database.clock)
    try await database.store.commit(try SQLiteUnits.confirming("b-1", ["T1"], at: 0))
    await #expect(throws: StoreError.self) {
      try await other.commit(try SQLiteUnits.confirming("b-2", ["T1"], at: 0))
    }
    #expect(try await other.booking("b-1")?.state == .confirmed)
  }
}
