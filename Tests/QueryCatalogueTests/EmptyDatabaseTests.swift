import AssignmentStore
import BookingDomain
import QueryCatalogue
import StoreTesting
import Testing

/// A database without a single row: no query fails, and none says that all is well.
@Suite struct EmptyDatabaseTests {
  static let answers: [String: [String]] = [
    "01-shadow-active": ["not active|0|0|-|0|-|0"],
    "05-manual-review": ["all|0|0|-|0"],
    "06-error-rate": ["all|all|0|0|0|-|-"],
    "11-lock-waits": ["0|-|-|-|-|0|-"],
    "a1-errors": ["ok|0|0|0|0|-|-"],
    "a3-review-spike": ["ok|0|0|-|0|0|-"],
    "a5-no-bookings": ["FIRING|0|0|0.0|-"],
    "report-edge-cases": ["0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0"],
    "report-locks": ["0|-|-|-|-"],
    "health": ["WARNING|no bookings in 24 h|0|0|0|0|0|0|0|0|0|0|0|0|0|0|-|-|-|-"],
  ]

  @Test(arguments: TestStore.Kind.allCases)
  func everyQuery_answers(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    for entry in QueryCatalogue.entries {
      let found = try await bench.lines(entry.name)
      #expect(found == Self.answers[entry.name] ?? [], "\(entry.name)")
    }
  }
}
