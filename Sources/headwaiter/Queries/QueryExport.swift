import AssignmentStore
import BookingDomain
import QueryCatalogue
import Resilience

/// Writes an export as CSV hour by hour, so that a month of events need not fit into memory.
struct QueryExport {
  private static let slice = Duration.seconds(3_600)

  private let entry: CatalogueEntry
  private let store: any QueryRunning

  init(_ entry: CatalogueEntry, in store: any QueryRunning) {
    self.entry = entry
    self.store = store
  }

  /// - Parameters:
  ///   - end: where the window ends.
  ///   - window: its length.
  func write(_ end: Timestamp, _ window: Duration) async throws {
    let rows = Locked(0)
    try await ProgressLine.during(saying: "\(rows.withLock { $0 }) rows") {
      var begin = end.adding(.zero - window)
      var isFirst = true
      while begin < end && !Console.isClosed {
        let next = min(end, begin.adding(Self.slice))
        let result = try await store.run(entry.query(window: next.since(begin), end: next))
        try Console.write(QueryCSV.text(result, header: isFirst))
        rows.withLock { $0 += result.rows.count }
        (begin, isFirst) = (next, false)
      }
    }
  }
}
