import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import StoreTesting
import Testing

/// The port through which queries run only reads, and not for ever.
@Suite struct QueryRunningTests {
  private static func query(
    _ postgresql: String, _ sqlite: String? = nil, timeout: Duration = .seconds(10)
  ) -> ReadOnlyQuery {
    ReadOnlyQuery(postgresql: postgresql, sqlite: sqlite ?? postgresql, window: .seconds(60), timeout: timeout)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func writing_isRefusedByTheDatabase(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    try await SeededDay(bench).add("b-1", .open)
    for sql in [
      "DELETE FROM observability_events", "DELETE FROM booking_assignment_attempts", "CREATE TABLE x (y integer)",
    ] {
      await #expect(throws: StoreError.self, "\(sql)") { _ = try await bench.store.run(Self.query(sql)) }
    }
    let events = try await bench.result("export-events").rows.count
    #expect(events == 1)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func slowQuery_isEndedInTime(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    let query = Self.query("SELECT pg_sleep(600)::text", endless, timeout: .milliseconds(100))
    await #expect(throws: StoreError.self) { _ = try await bench.store.run(query) }
    // The connection is as good as new.
    let lines = try await bench.store.run(Self.query("SELECT 1 AS one")).lines
    #expect(lines == ["1"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func values_comeWithTheirKinds(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let result = try await bench.store.run(
      Self.query(
        """
        SELECT NULL::text AS none, 'a,"b"' AS words, 3 AS whole, 2.5::numeric AS part, now() AS seen_at,
          now() - :'since'::interval AS begins_at
        """,
        "SELECT NULL AS none, 'a,\"b\"' AS words, 3 AS whole, 2.5 AS part, :now AS seen_at, :since AS begins_at"))
    let now = bench.clock.now()
    #expect(result.columns == ["none", "words", "whole", "part", "seen_at", "begins_at"])
    #expect(
      result.rows == [
        [.null, .text("a,\"b\""), .int(3), .double(2.5), .time(now), .time(now.adding(.seconds(-60)))]
      ])
    #expect(result.values(of: "whole") == [.int(3)])
    #expect(result.values(of: "nothing") == nil)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func wrongQuery_isRefused(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    await #expect(throws: StoreError.self) { _ = try await bench.store.run(Self.query("SELECT x FROM nowhere")) }
  }
}
