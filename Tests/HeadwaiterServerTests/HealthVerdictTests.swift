import AssignmentStore
import HeadwaiterAPI
import HeadwaiterServer
import QueryCatalogue
import Testing

/// The body of `/v1/health` is what the query said, column by column; how it judges is the catalogue's to test.
@Suite struct HealthVerdictTests {
  private struct Answering: QueryRunning {
    var result: QueryResult

    func run(_ query: ReadOnlyQuery) async throws(StoreError) -> QueryResult { result }
  }

  @Test func body_hasTheFiguresOfTheQuery() async throws {
    let values: [(String, QueryValue)] = [
      ("verdict", .text("CRITICAL")), ("reasons", .text("confirmation 80.0 %, below 95 %; 2 errors")),
      ("bookings", .int(12)), ("ended", .int(11)), ("confirmed", .int(9)), ("reviewed", .int(2)), ("failed", .int(1)),
      ("refused", .int(3)), ("full_house", .int(4)), ("unknown", .int(5)), ("eligible", .int(10)), ("errors", .int(2)),
      ("stuck", .int(6)), ("confirmation_percent", .double(80)), ("review_percent", .null),
      ("error_percent", .double(2.5)), ("raw_confirmation_percent", .double(75)),
    ]
    let store = Answering(result: QueryResult(columns: values.map(\.0), rows: [values.map(\.1)]))
    let body = HealthBody(try await HealthFigures(of: store))
    #expect(body.verdict == .critical)
    #expect(body.reasons == ["confirmation 80.0 %, below 95 %", "2 errors"])
    #expect([body.bookings, body.ended, body.confirmed, body.reviewed] == [12, 11, 9, 2])
    #expect([body.failed, body.refused] == [1, 3])
    #expect([body.fullHouse, body.unknown, body.eligible, body.errors, body.stuck] == [4, 5, 10, 2, 6])
    #expect(body.confirmationRate == 0.8 && body.errorRate == 0.025 && body.rawConfirmationRate == 0.75)
    #expect(body.reviewRate == nil)
  }

  @Test func answerWithoutARow_isNoHealth() async {
    await #expect(throws: StoreError.self) {
      _ = try await HealthFigures(of: Answering(result: QueryResult(columns: [], rows: [])))
    }
  }
}
