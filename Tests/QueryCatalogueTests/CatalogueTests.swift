import AssignmentStore
import BookingDomain
import QueryCatalogue
import StoreTesting
import Testing

@Suite struct CatalogueTests {
  @Test func catalogue_hasEveryQuestionInOrder() {
    let numbers = (1...15).map { $0 < 10 ? "0\($0)" : "\($0)" } + ["a1", "a2", "a3", "a4", "a5"]
    #expect(QueryCatalogue.entries.compactMap(\.number) == numbers)
    #expect(QueryCatalogue.entries.suffix(3).map(\.name) == ["export-attempts", "export-events", "health"])
  }

  @Test(arguments: QueryCatalogue.entries)
  func everyQuery_saysWhatItIsForAndWhatToDo(_ entry: CatalogueEntry) {
    #expect(entry.question.hasSuffix("?") || entry.kind == .export, "\(entry.question)")
    for word in ["Purpose", "Expected output", "Threshold", "What to do"] {
      #expect(entry.postgresqlFile.contains("\n-- \(word): "))
      #expect(entry.sqliteFile.contains("\n-- \(word): "))
    }
    let title = entry.number.map { "\($0) \(entry.slug)" } ?? entry.name
    #expect(entry.postgresqlFile.hasPrefix("-- \(title): "))
  }

  @Test(arguments: QueryCatalogue.entries)
  func everyQuery_isOneStatementThatReads(_ entry: CatalogueEntry) {
    for sql in [entry.query().postgresql, entry.query().sqlite] {
      #expect(sql.hasPrefix("SELECT") || sql.hasPrefix("WITH"))
      #expect(!sql.contains(";\n") && !sql.contains("\\") && !sql.contains("COMMIT"))
    }
  }

  @Test(arguments: [
    ("10", "10-latency"), ("latency", "10-latency"), ("10-latency", "10-latency"), ("1", "01-shadow-active"),
    ("01", "01-shadow-active"), ("A4", "a4-stuck"), ("stuck", "a4-stuck"), ("health", "health"),
    ("export-events", "export-events"),
  ])
  func find_takesNumberNameOrSubject(_ text: String, _ name: String) {
    #expect(QueryCatalogue.find(text)?.name == name)
  }

  @Test func find_unknown_isNil() {
    for text in ["", "16", "a6", "lat", "health.sql"] { #expect(QueryCatalogue.find(text) == nil, "\(text)") }
    #expect(Spelling.closest(to: "latencies", in: QueryCatalogue.names) == "latency")
    #expect(Spelling.closest(to: "99", in: QueryCatalogue.names) == nil)
  }

  @Test func everyName_isFoundAndIsNoOthers() {
    for entry in QueryCatalogue.entries {
      for name in [entry.name, entry.slug, entry.number ?? entry.name] {
        #expect(QueryCatalogue.find(name) == entry, "\(name)")
      }
    }
    #expect(Set(QueryCatalogue.names).count == QueryCatalogue.names.count)
  }

  @Test func everyQuery_hasTheSameColumnsOnBothDatabases() async throws {
    let benches = [try await CatalogueBench(.sqlite), try await CatalogueBench(.postgresql)]
    for entry in QueryCatalogue.entries {
      let columns = [
        try await benches[0].result(entry.name).columns, try await benches[1].result(entry.name).columns,
      ]
      #expect(columns[0] == columns[1], "\(entry.name)")
    }
  }
}
