import AssignmentStore
import BookingDomain
import GRDB
import HeadwaiterTesting
import Testing

@testable import SQLiteStore

@Suite struct GroupWriterTests {
  @Test func aWriteThatWaitsForTheDatabaseGathersOthersIntoOneTransaction() async throws {
    let database = try SQLiteTestDatabase()
    let store = database.store
    let before = try await changes(store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          try await store.append([ObservabilityEvent(.flags, "flag.\(number)", at: ManualClock.start)])
        }
      }
      try await group.waitForAll()
    }
    #expect(try await changes(store) - before >= 200)
    #expect(try database.value("SELECT count(*) FROM observability_events") == 200)
  }

  @Test func whenTheCommitFailsEveryoneIsToldThatStorageIsUnavailable() async throws {
    let database = try SQLiteTestDatabase()
    // A deferred constraint fails at COMMIT alone, as a full disk may.
    try database.execute(
      "CREATE TABLE late (id TEXT REFERENCES bookings (id) DEFERRABLE INITIALLY DEFERRED)")
    let errors = await withTaskGroup(of: StoreError?.self) { group in
      for _ in 0..<2 {
        group.addTask { [store = database.store] in
          await failure { () async throws(StoreError) in
            _ = try await store.write { write in try write.session.run("INSERT INTO late VALUES ('missing')") }
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.allSatisfy { $0?.code == "storage_unavailable" })
    #expect(try database.value("SELECT count(*) FROM late") == 0)
    try await database.store.commit(try SQLiteUnits.confirming("b-1", ["T1"], at: 0))
  }

  @Test func whatIsWrittenBehindFailsAlone() async throws {
    let database = try SQLiteTestDatabase()
    try database.execute(
      "CREATE TABLE late (id TEXT REFERENCES bookings (id) DEFERRABLE INITIALLY DEFERRED)")
    let store = database.store
    let failed = await withTaskGroup(of: (behind: Bool, failed: Bool).self) { group in
      for number in 0..<120 {
        let behind = number % 4 == 0
        group.addTask {
          // What is written behind fails at COMMIT, where it would take the others with it.
          let value = behind ? "'missing'" : "NULL"
          let work: @Sendable (WriteSession) throws -> Void = { write in
            try write.session.run("INSERT INTO late VALUES (\(value))")
          }
          let error = await failure { () async throws(StoreError) in
            if behind { try await store.writer.writeBehind(work) } else { try await store.writer.write(work) }
          }
          return (behind, error != nil)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(failed.allSatisfy { $0.behind == $0.failed })
    #expect(try database.value("SELECT count(*) FROM late") == 90)
  }

  @Test func onlyWhatIsWrittenBehindDoesNotWaitForTheDisk() async throws {
    let store = try SQLiteTestDatabase().store
    let (full, normal) = (2, 1)
    let level: @Sendable (WriteSession) throws -> Int = { try $0.session.count("PRAGMA synchronous") }
    #expect(try await store.writer.write(level) == full)
    #expect(try await store.writer.writeBehind(level) == normal)
    #expect(try await store.writer.write(level) == full)
  }

  @Test func aFullDiskIsUnavailableAndLeavesNothing() async throws {
    let database = try SQLiteTestDatabase()
    let pages: Int = try await database.store.read { session in try session.count("PRAGMA page_count") }
    try await database.store.write { write in
      try write.session.db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    let event = ObservabilityEvent(
      .flags, "x", context: ["text": .string(String(repeating: "x", count: 100_000))], at: ManualClock.start)
    do {
      try await database.store.append([event])
      Issue.record("a full disk took it")
    } catch {
      #expect(error == .unavailable("disk full"))
    }
    #expect(try await database.store.events(EventQuery()).isEmpty)
    try await database.store.write { write in
      try write.session.db.execute(sql: "PRAGMA max_page_count = 100000")
    }
    try await database.store.append([event])
  }

  @Test func errorsCarryNoData() async throws {
    let database = try SQLiteTestDatabase()
    let key = APIKeyRecord(
      id: "secret-id", name: "secret-name", role: .host, restaurants: [], hash: "secret-hash",
      createdAt: ManualClock.start)
    try await database.store.createKey(key)
    do {
      try await database.store.createKey(key)
      Issue.record("the same key again")
    } catch {
      #expect(!error.description.contains("secret"))
    }
  }

  private func failure(_ body: () async throws(StoreError) -> Void) async -> StoreError? {
    do {
      try await body()
      return nil
    } catch {
      return error
    }
  }

  private func changes(_ store: SQLiteStore) async throws -> Int {
    try await store.write { write in try write.session.count("SELECT total_changes()") }
  }
}
