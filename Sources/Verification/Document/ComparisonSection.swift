import BookingDomain
import Rollout

/// V3 and legacy: on the same bookings (shadow), and side by side (cohorts).
struct ComparisonSection {
  private let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var blocks: [ReportDocument.Block] { paired + cohorts }

  // MARK: The same bookings

  private var paired: [ReportDocument.Block] {
    guard !report.shadow.isEmpty else {
      return [.paragraph("On the same bookings: nothing was compared in shadow in this run.")]
    }
    let compared = report.shadow.reduce(0) { $0 + $1.bookings }
    var table = ReportTable(
      "On the same bookings, V3 in shadow",
      [
        .text("verdict"), .number("bookings"), .number("share"), .number("eligible"), .number("spare seats, legacy"),
        .number("V3"), .number("planning ms, legacy"), .number("V3"),
      ])
    for verdict in report.shadow {
      table.add(
        ReportCell(verdict.verdict.replacing("_", with: " ")), ReportCell(ReportNumber.grouped(verdict.bookings)),
        ReportCell(ReportNumber.percent(verdict.bookings, of: compared)),
        ReportCell(ReportNumber.grouped(verdict.eligible)), seats(verdict.legacySpare), seats(verdict.v3Spare),
        ReportCell(ReportNumber.milliseconds(verdict.legacyMilliseconds)),
        ReportCell(ReportNumber.milliseconds(verdict.v3Milliseconds)))
    }
    let bars = report.shadow.map {
      BarChart.Bar($0.verdict.replacing("_", with: " "), [100 * Double($0.bookings) / Double(max(compared, 1))])
    }
    return [
      .chart(.bars(BarChart(title: "Shadow's verdicts", series: ["bookings"], bars: bars, unit: " %"))),
      .table(table), .paragraph(noise),
    ]
  }

  private func seats(_ mean: Double?) -> ReportCell { ReportCell(mean.map { ReportNumber.decimal($0, 2) } ?? "–") }

  private var noise: String {
    let sample = report.shadow.reduce(0) { $0 + $1.noiseSample }
    let differs = report.shadow.reduce(0) { $0 + $1.noise }
    let late = report.shadow.reduce(0) { $0 + $1.legacyLate }
    return "Noise: legacy, asked a second time on the same snapshot, gave another answer for \(differs) of \(sample) "
      + "bookings. Legacy's loop found a table later for \(late)."
  }

  // MARK: Side by side

  private var cohorts: [ReportDocument.Block] {
    guard !report.flows.isEmpty else {
      return [.paragraph("Side by side: neither flow had a booking of this run.")]
    }
    var table = ReportTable(
      "Side by side, bookings made in the run",
      [
        .text("flow"), .number("restaurants"), .number("bookings"), .number("eligible"), .number("confirmation"),
        .number("review"), .number("error"), .number("full house"), .number("raw confirmation"),
      ])
    for flow in report.flows {
      let (figures, ended) = (flow.figures, flow.figures.eligible)
      table.add(
        ReportCell(FlowName.shown(flow.flow)), number(flow.restaurants), number(figures.bookings), number(ended),
        share(figures.confirmed, ended), share(figures.reviewed, ended), share(figures.errors, ended),
        share(figures.fullHouse, ended + figures.fullHouse), share(figures.bookingsConfirmed, figures.bookings))
    }
    return charts.map { .chart($0) } + [
      .table(table),
      .paragraph(
        "Confirmation, review and error are of eligible bookings that have ended; full house, of these and those for "
          + "which nothing was free; raw confirmation, what was confirmed of all bookings."),
    ]
  }

  private func number(_ count: Int) -> ReportCell { ReportCell(ReportNumber.grouped(count)) }

  private func share(_ part: Int, _ whole: Int) -> ReportCell { ReportCell(ReportNumber.percent(part, of: whole)) }

  private var charts: [ReportChart] {
    [
      line("Confirmation over the run", limit(.confirmation), \.confirmed),
      line("Review over the run", limit(.review), \.reviewed),
    ].compactMap(\.self)
  }

  private func limit(_ kind: CriterionKind) -> Double? {
    report.criteria.first { $0.name == kind.rawValue }?.limit
  }

  private func line(
    _ title: String, _ limit: Double?, _ part: KeyPath<VerificationReport.HourCounts, Int>
  ) -> ReportChart? {
    let buckets = TimeBuckets(report)
    let series = ["v3", "legacy"].compactMap { flow -> LineChart.Series? in
      let points = buckets.points(flow, part)
      return points.isEmpty ? nil : LineChart.Series(FlowName.shown(flow), points)
    }
    guard !series.isEmpty else { return nil }
    return .lines(
      LineChart(
        title: "\(title), by \(buckets.name)", series: series, limit: limit,
        from: ReportNumber.time(report.subject.from), until: ReportNumber.time(report.subject.until), unit: " %"))
  }
}

/// What flows are called.
enum FlowName {
  static func shown(_ flow: String) -> String { flow == "v3" ? "V3" : flow }
}

/// Hours, put together so that a chart has at most some 40 points and each has bookings enough to mean something.
private struct TimeBuckets {
  private let report: VerificationReport
  private let hours: Int

  init(_ report: VerificationReport) {
    self.report = report
    let length = report.subject.until.since(report.subject.from).inMilliseconds / 3_600_000
    hours = [1, 6, 24].first { length / Double($0) <= 40 } ?? 24
  }

  var name: String { hours == 1 ? "hour" : hours == 24 ? "day" : "\(hours) hours" }

  func points(_ flow: String, _ part: KeyPath<VerificationReport.HourCounts, Int>) -> [LineChart.Point] {
    var sums: [Int64: (part: Int, whole: Int)] = [:]
    for hour in report.hours where hour.flow == flow {
      let sum = sums[hour.at.seconds / width, default: (0, 0)]
      sums[hour.at.seconds / width] = (sum.part + hour[keyPath: part], sum.whole + hour.eligible)
    }
    return sums.sorted { $0.key < $1.key }.map { number, sum in
      LineChart.Point(place(number), 100 * Double(sum.part) / Double(max(sum.whole, 1)))
    }
  }

  private var width: Int64 { Int64(hours) * 3_600 }

  /// Of a bucket's middle.
  private func place(_ number: Int64) -> Double {
    let (from, until) = (report.subject.from.seconds, report.subject.until.seconds)
    return Double(number * width + width / 2 - from) / Double(max(until - from, 1))
  }
}
