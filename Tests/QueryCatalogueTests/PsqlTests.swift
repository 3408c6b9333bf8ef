import AssignmentStore
import BookingDomain
import Foundation
import HeadwaiterTesting
import PostgresTesting
import QueryCatalogue
import StoreTesting
import Testing

/// Every file runs by `psql -f` alone, and finds what the command line finds.
@Suite struct PsqlTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "queries")

  private static func file(_ name: String) -> String { folder.appending(path: "postgresql/\(name).sql").path }

  @Test func everyFile_givesTheSameRows() async throws {
    // `psql` knows no other time than the server's.
    let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    let bench = try await CatalogueBench(.postgresql, now: now)
    try await HealthyDayTests.seed(bench)
    let database = try #require(bench.postgresql)
    for entry in QueryCatalogue.entries {
      guard let text = try await Psql.output(["--csv", "-f", Self.file(entry.name)], on: database) else { return }
      let lines = text.split(separator: "\n")
      let result = try await bench.result(entry.name)
      #expect(lines.first.map(String.init) == result.columns.joined(separator: ","), "\(entry.name)")
      #expect(lines.count - 1 == result.rows.count, "\(entry.name)")
    }
  }

  @Test func window_isSetOnTheCommandLine() async throws {
    let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    let bench = try await CatalogueBench(.postgresql, now: now)
    try await SeededDay(bench).add("b-1", .open, ago: 90)
    let database = try #require(bench.postgresql)
    for (since, count) in [("7 days", 1), ("1 hour", 0)] {
      let arguments = ["--csv", "-v", "since=\(since)", "-f", Self.file("07-state-distribution")]
      guard let text = try await Psql.output(arguments, on: database) else { return }
      #expect(text.split(separator: "\n").count - 1 == count, "\(since)")
    }
  }

  @Test func generatedFile_runsWhole() async throws {
    let bench = try await CatalogueBench(.postgresql)
    let database = try #require(bench.postgresql)
    let path = Self.folder.appending(path: "observability-queries.sql").path
    guard let text = try await Psql.output(["--csv", "-f", path], on: database) else { return }
    #expect(text.contains("verdict,reasons,bookings"))
    #expect(text.contains("WARNING,no bookings in 24 h"))
  }

  @Test func everyFile_isReadOnly() async throws {
    let bench = try await CatalogueBench(.postgresql)
    let database = try #require(bench.postgresql)
    for entry in QueryCatalogue.entries {
      let text = try String(contentsOfFile: Self.file(entry.name), encoding: .utf8)
      let writing = text.replacing("BEGIN READ ONLY;\n", with: "BEGIN READ ONLY;\nDELETE FROM outbox;\n")
      #expect(writing != text, "\(entry.name)")
      let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sql")
      try writing.write(to: path, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(at: path) }
      await #expect(throws: (any Error).self, "\(entry.name)") {
        guard try await Psql.output(["-f", path.path], on: database) != nil else {
          throw NoPsql()
        }
      }
    }
  }
}

/// Ends a test where there is no `psql` as if it had refused.
private struct NoPsql: Error {}
