public import AssignmentStore
import BookingDomain
import QueryCatalogue

/// Gathers a report from stored data alone. Reads no column that guests have typed.
public struct VerificationGatherer: Sendable {
  /// What a gatherer needs of a database.
  public typealias Source = FlagStore & QueryRunning

  private let store: any Source

  public init(_ store: any Source) { self.store = store }

  /// - Throws: `StoreError`, also when one of the queries takes longer than a minute.
  public func report(_ subject: VerificationSubject) async throws(StoreError) -> VerificationReport {
    var report = VerificationReport(subject)
    let window = RunWindow(store: store, from: subject.from, until: subject.until)
    report.flows = try await window.rows("report-flows").map(VerificationReport.FlowCounts.init)
    report.hours = try await window.rows("report-hours").compactMap(VerificationReport.HourCounts.init)
    report.latencies = try await window.rows("report-latency").map(VerificationReport.LatencyCounts.init)
    report.leaseWaits = try await window.rows("report-locks").first.map(VerificationReport.LeaseWaits.init) ?? .init()
    report.shadow = try await window.rows("report-shadow").map(VerificationReport.ShadowCounts.init)
    report.states = try await window.rows("report-states").map(VerificationReport.StateCount.init)
    report.transitions = try await window.rows("report-transitions").map(VerificationReport.TransitionCount.init)
    report.reasons = try await window.rows("report-reasons").map(VerificationReport.ReasonCount.init)
    report.tables = try await window.rows("report-tables").map(VerificationReport.TableUse.init)
    report.notices = try await window.rows("report-notices").map(VerificationReport.NoticeCount.init)
    report.edgeCases = try await edgeCases(window)
    report.configuration.changes = try await window.rows("report-flags").compactMap(VerificationReport.FlagChange.init)
    try await configure(&report.configuration)
    return report
  }

  private func edgeCases(_ window: RunWindow) async throws(StoreError) -> [VerificationReport.EdgeCase] {
    let result = try await window.result("report-edge-cases")
    let row = result.named.first
    let counted = result.columns.map { VerificationReport.EdgeCase(name: $0, count: row?.int($0) ?? 0) }
    return counted + DiningEnds(try await window.rows("report-dining-ends")).edgeCases
  }

  /// Flags and instances as they are now.
  private func configure(_ configuration: inout VerificationReport.Configuration) async throws(StoreError) {
    let seen = try await store.instances()
    let live = seen.filter { $0.silence <= SeenInstance.patience }
    let stored = try StoredFlags(try await store.flagOverrides())
    let sources = FlagSources(
      environments: live.map { .init(instance: $0.record.id, settings: $0.record.flags) }, stored: stored)
    configuration.flags = sources.verdicts.map(VerificationReport.FlagLine.init)
    configuration.instances = seen.map(VerificationReport.InstanceLine.init)
  }
}

/// The queries of a run.
private struct RunWindow {
  let store: any QueryRunning
  let from: Timestamp
  let until: Timestamp

  func rows(_ name: String) async throws(StoreError) -> [NamedRow] { try await result(name).named }

  func result(_ name: String) async throws(StoreError) -> QueryResult {
    guard let entry = QueryCatalogue.find(name) else { throw .invalid("the catalogue has no query \(name)") }
    return try await store.run(
      entry.query(window: max(until.since(from), .microseconds(1)), end: until, timeout: .seconds(60)))
  }
}

/// What only the restaurants' own time can tell.
private struct DiningEnds {
  private var afterMidnight = 0
  private var clockChange = 0

  init(_ rows: [NamedRow]) {
    for row in rows {
      guard let calendar = RestaurantCalendar(identifier: row.text("timezone")),
        let date = LocalDate(row.text("service_date")), let end = row.time("end_at")
      else { continue }
      let day = calendar.day(date)
      // To the stroke of midnight is not past it.
      if end > day.end { afterMidnight += row.int("bookings") }
      if calendar.offsetSeconds(at: day.start) != calendar.offsetSeconds(at: day.end) {
        clockChange += row.int("bookings")
      }
    }
  }

  var edgeCases: [VerificationReport.EdgeCase] {
    [
      VerificationReport.EdgeCase(name: "after_midnight", count: afterMidnight),
      VerificationReport.EdgeCase(name: "clock_change", count: clockChange),
    ]
  }
}
