import QueryCatalogue
import StoreTesting
import Testing

/// No query reads a table that grows from end to end: each finds its window through an index.
@Suite struct QueryPlanTests {
  private static let growing = [
    "observability_events", "bookings", "booking_assignment_state_history", "booking_assignment_attempts", "notices",
    "shadow_comparisons",
  ]

  @Test(arguments: QueryCatalogue.entries)
  func sqlite_scansNoTableThatGrows(_ entry: CatalogueEntry) async throws {
    let plan = try await CatalogueBench(.sqlite).plan(entry)
    let names = Self.growing + ["b", "e", "event", "notice", "attempt"]
    // All bookings in review are few, and that index has no others.
    let scans = plan.filter { line in
      names.contains { line.hasPrefix("SCAN \($0) ") || line == "SCAN \($0)" }
        && !line.contains("USING INDEX bookings_in_review") && !line.contains("USING COVERING INDEX bookings_in_review")
    }
    #expect(scans.isEmpty, "\(plan)")
  }

  @Test func postgresql_scansNoTableThatGrows() async throws {
    let bench = try await CatalogueBench(.postgresql)
    for entry in QueryCatalogue.entries {
      let plan = try await bench.plan(entry)
      let scans = plan.filter { line in Self.growing.contains { line.contains("Seq Scan on \($0)") } }
      #expect(scans.isEmpty, "\(entry.name): \(plan.joined(separator: "\n"))")
    }
  }
}
