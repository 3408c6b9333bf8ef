import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import SQLiteStore
import Testing

@Suite struct StoreConformanceTests {
  @Test("SQLite behaves as every database must", arguments: StoreConformance.checks)
  func check(_ check: ConformanceCheck) async throws {
    let folder = try TemporaryFolder()
    let clock = ManualClock()
    let path = folder.file("headwaiter.sqlite")
    let store = try SQLiteStore(path: path, clock: clock)
    try await check.run(
      on: ConformanceBench(store: store, clock: clock) {
        store.close()
        return try SQLiteStore(path: path, clock: clock)
      })
  }
}
