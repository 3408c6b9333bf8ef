import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PostgresStore
import Testing

@Suite struct StoreConformanceTests {
  @Test("PostgreSQL behaves as every database must", arguments: StoreConformance.checks)
  func check(_ check: ConformanceCheck) async throws {
    let bench = try await PostgresStoreBench()
    try await check.run(
      on: ConformanceBench(store: bench.store, clock: bench.clock) {
        await bench.store.close()
        return try await PostgresStoreBench.open(bench.database, bench.clock)
      })
  }
}
