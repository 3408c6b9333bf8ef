import AssignmentStore
import BookingDomain
import Bootstrap
import Foundation
import HeadwaiterTesting
import StoreTesting
import Testing

@Suite struct EventExportTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

  /// A store with so many events, one a second, the last of them too young.
  private func store(_ kind: TestStore.Kind, events count: Int) async throws -> (TestStore, ManualClock) {
    let clock = ManualClock()
    let store = try await TestStore(clock: clock, on: kind)
    var batch: [ObservabilityEvent] = []
    for number in 0..<count {
      batch.append(
        ObservabilityEvent(
          .coordinator, "coordinator.retry", severity: .warning, restaurantID: "house", bookingID: "b,\"1\"",
          context: ["n": .int(number), "trace_id": .string(Self.trace), "reason": "a\"b,c\nd"],
          at: clock.now().adding(.seconds(number))))
    }
    try await store.store.append(batch)
    clock.advance(by: .seconds(count - 1))
    return (store, clock)
  }

  private func rows(_ path: String) throws -> [[String: Any]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test(arguments: TestStore.Kind.allCases)
  func jsonLines_haveEveryEventBeforeTheTime(_ kind: TestStore.Kind) async throws {
    let (store, clock) = try await store(kind, events: 5_003)
    let folder = try TemporaryFolder()
    let path = folder.file("events.jsonl")
    let count = try await EventExport(store: store.store, before: clock.now()).write(to: path, as: .jsonLines)
    #expect(count == 5_002)
    let rows = try rows(path)
    #expect(rows.compactMap { ($0["context"] as? [String: Any])?["n"] as? Int } == Array(0..<5_002))
    let first = try #require(rows.first)
    #expect(first["booking_id"] as? String == "b,\"1\"")
    #expect(first["trace_id"] as? String == Self.trace)
    #expect(first["created_at"] as? String == "2026-06-01T12:00:00Z")
    #expect((first["context"] as? [String: Any])?["reason"] as? String == "a\"b,c\nd")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["events.jsonl"], "no draft is left")
  }

  @Test func csv_hasAHeaderAndQuotesWhatNeedsIt() async throws {
    let (store, clock) = try await store(.sqlite, events: 2)
    let folder = try TemporaryFolder()
    let path = folder.file("events.csv")
    #expect(try await EventExport(store: store.store, before: clock.now()).write(to: path, as: .csv) == 1)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "id,created_at,source,event_type,severity,restaurant_id,booking_id,trace_id,context")
    #expect(lines.count == 2)
    #expect(
      lines[1].hasSuffix(
        ",2026-06-01T12:00:00Z,assignment.coordinator,coordinator.retry,warning,house,\"b,\"\"1\"\"\",\(Self.trace),"
          + #""{""n"":0,""reason"":""a\""b,c\nd"",""trace_id"":""\#(Self.trace)""}""#))
  }

  @Test func file_thatIsThere_isNotTouched() async throws {
    let (store, clock) = try await store(.sqlite, events: 2)
    let folder = try TemporaryFolder()
    let path = folder.file("events.jsonl")
    try "mine".write(toFile: path, atomically: true, encoding: .utf8)
    await #expect(throws: ExportProblem.self) {
      try await EventExport(store: store.store, before: clock.now()).write(to: path, as: .jsonLines)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    await #expect(throws: ExportProblem.self) {
      try await EventExport(store: store.store, before: clock.now()).write(
        to: folder.file("nowhere/events.csv"), as: .csv)
    }
  }

  @Test func storageThatFailsHalfway_leavesNoFile() async throws {
    let (store, clock) = try await store(.sqlite, events: 5_002)
    let folder = try TemporaryFolder()
    let path = folder.file("events.jsonl")
    await #expect(throws: StoreError.self) {
      try await EventExport(store: FailingLog(store: store.store, after: 1), before: clock.now()).write(
        to: path, as: .jsonLines)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func nothingToWrite_makesNoFile() async throws {
    let (store, _) = try await store(.sqlite, events: 1)
    let folder = try TemporaryFolder()
    let export = EventExport(store: store.store, before: ManualClock.start)
    #expect(try await export.write(to: folder.file("events.jsonl"), as: .jsonLines) == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}

/// A log that breaks down after some pages.
private final class FailingLog: EventLog {
  private let store: any EventLog
  private let pages: Int
  private let read = Counter()

  init(store: any EventLog, after pages: Int) {
    self.store = store
    self.pages = pages
  }

  func append(_ events: [ObservabilityEvent]) async throws(StoreError) { try await store.append(events) }

  func events(_ query: EventQuery) async throws(StoreError) -> [StoredEvent] {
    guard await read.next() <= pages else { throw .unavailable("test") }
    return try await store.events(query)
  }

  private actor Counter {
    private var count = 0

    func next() -> Int {
      count += 1
      return count
    }
  }
}
