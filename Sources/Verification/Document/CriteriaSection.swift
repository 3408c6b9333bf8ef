import Rollout

/// Every criterion with value, sample, bound, limit and verdict.
struct CriteriaSection {
  private let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var blocks: [ReportDocument.Block] {
    guard !report.criteria.isEmpty else { return [.paragraph("The phase has no criteria.")] }
    // The verdict comes second, so that a phone shows it without being scrolled.
    var table = ReportTable([
      .text("criterion"), .text("verdict"), .number("measured"), .number("95 % bound"), .number("limit"),
      .number("sample"),
    ])
    for result in report.criteria {
      table.add(
        ReportCell(CriterionWords.title(of: result.name)), ReportCell(result.verdict.words, result.verdict.tone),
        ReportCell(ReportNumber.value(result.value, result.unit)),
        ReportCell(ReportNumber.value(result.bound, result.unit)), ReportCell(CriterionWords.limit(of: result)),
        ReportCell(result.sample > 0 ? ReportNumber.grouped(result.sample) : "–"))
    }
    let failed = report.criteria.filter { $0.verdict == .fail }
    let notes = (failed + report.criteria.filter { $0.verdict == .notEnoughData }).map(\.sentence)
    let charts = chart.map { [ReportDocument.Block.chart($0)] } ?? []
    return charts + [.table(table)] + (notes.isEmpty ? [] : [.list(notes)]) + [.paragraph(Self.howToRead)]
  }

  private static let howToRead =
    "Rates and differences pass when their 95 % bound is on the good side of the limit; between that and a sure failure "
    + "there is not enough data. Full house and events go by what was measured."

  /// Those with a bound: rates and differences.
  private var chart: ReportChart? {
    let rows = report.criteria.compactMap { result -> BoundChart.Row? in
      guard let value = result.value, let bound = result.bound else { return nil }
      let isDifference = result.unit == .points
      // A difference is allowed to be below by so many points.
      let limit = isDifference && result.name != CriterionKind.fullHouse.rawValue ? -result.limit : result.limit
      return BoundChart.Row(
        label: CriterionWords.title(of: result.name), value: value, bound: bound, limit: limit,
        unit: isDifference ? " points" : result.unit == .percent ? " %" : "", tone: result.verdict.tone)
    }
    return rows.isEmpty ? nil : .bounds(BoundChart(title: "Rates, their bounds and limits", rows: rows))
  }
}

/// What criteria are called, and on which side of their limit they must be.
enum CriterionWords {
  static func title(of name: String) -> String { titles[name] ?? name.replacing("_", with: " ") }

  /// As `≥ 95 %`.
  static func limit(of result: CriterionResult) -> String {
    relation(of: result.name) + ReportNumber.value(result.limit, result.unit)
  }

  private static func relation(of name: String) -> String {
    if name.hasPrefix("least_") { return "≥ " }
    switch CriterionKind(rawValue: name) {
    case .confirmation, .events, .everyDay: return "≥ "
    case .review, .errorRate, .latency, .lockWait, .drill: return "< "
    case .notWorseThanLegacy, .notWorseThanBefore: return "> −"
    case .errors, .fullHouse, .incidents, .breakerOpen, .stuck, .duplicateNotices: return "≤ "
    case nil: return ""
    }
  }

  private static let titles = [
    "least_time": "time", "least_bookings": "bookings", "confirmation": "confirmation", "review": "review",
    "error_rate": "error rate", "errors": "errors", "full_house": "full house, V3 less legacy",
    "not_worse_than_legacy": "success, V3 less legacy", "not_worse_than_before": "confirmation, less the phase before",
    "incidents": "incidents P0 and P1", "events": "events flowing", "breaker_open": "longest open breaker",
    "stuck": "stuck bookings", "duplicate_notices": "duplicate notices", "latency_p95": "P95 until ended",
    "lock_p95": "P95 wait for the lease", "drill": "rollback drill", "every_day": "days within the limits",
  ]
}
