import PostgresClient
import PostgresTesting
import Testing

@Suite struct RoundTripTests {
  @Test func query_oneRow_returnsIt() async throws {
    let database = try await PostgresCluster.shared().makeDatabase()
    let pool = PostgresPool(database.configuration)
    let rows = try await pool.query(PostgresStatement("SELECT $1::int8, $2::text", [.int(7), .text("sieben")]))
    #expect(rows.count == 1)
    #expect(rows[0].int(0) == 7)
    #expect(rows[0].text(1) == "sieben")
    await pool.close()
  }
}
