import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import PostgresClient
import Testing

@testable import PostgresStore

/// Whoever follows the journal misses nothing, in whatever order transactions end.
@Suite struct JournalOrderTests {
  private static let insert = """
    INSERT INTO outbox (id, topic, restaurant_id, payload, created_at)
    VALUES (\(JournalSQL.nextID), 'booking', 'house', '{}', now()) RETURNING id
    """

  @Test func message_ofATransactionThatEndsLate_isNotPassedOver() async throws {
    let bench = try await PostgresStoreBench()
    let early = try await bench.other.transaction { connection in
      let early = try await connection.query(PostgresStatement(Self.insert))[0].int64(0)
      let late = try await bench.other.query(PostgresStatement(Self.insert))[0].int64(0)
      #expect(early < late)
      let seen = try await bench.store.outbox(after: 0, limit: 10).map(\.id)
      #expect(seen == [], "the later message must wait for the earlier one")
      let latest = try await bench.store.latestOutboxID()
      #expect(latest == 0)
      return early
    }
    let seen = try await bench.store.outbox(after: 0, limit: 10).map(\.id)
    #expect(seen.count == 2)
    #expect(seen.first == early)
  }

  @Test func lag_withoutAListener_isThatOfWhatAnOpenTransactionHoldsUp() async throws {
    let bench = try await PostgresStoreBench()
    func lag() async throws -> Duration? {
      try await bench.store.operatingFigures(businessNow: bench.clock.now(), told: nil).outboxLag
    }
    try await bench.other.transaction { connection in
      _ = try await connection.query(PostgresStatement(Self.insert))
      let alone = try await lag()
      #expect(alone == nil, "what is not stored lags behind nothing")
      _ = try await bench.other.query(PostgresStatement(Self.insert))
      let held = try await lag()
      #expect(held != nil)
    }
    let after = try await lag()
    #expect(after == nil)
  }

  @Test func ids_ofAClusterThatWasRestored_goOnAboveThoseThatAreThere() async throws {
    let bench = try await PostgresStoreBench()
    try await bench.execute(
      "INSERT INTO outbox (id, topic, restaurant_id, payload, created_at) VALUES (1::bigint << 60, 't', 'house', '{}', now())"
    )
    await bench.store.close()
    let store = try await PostgresStoreBench.open(bench.database, bench.clock)
    var unit = WriteUnit(label: "test")
    unit.outbox = [
      OutboxMessage(topic: "t", restaurantID: "house", bookingID: nil, payload: "{}", createdAt: bench.clock.now())
    ]
    try await store.commit(unit)
    let found = try await store.outbox(after: 1 << 60, limit: 10)
    #expect(found.count == 1)
  }
}
