/// Percentiles against the performance budget.
struct LatencySection {
  private let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var blocks: [ReportDocument.Block] {
    guard !report.latencies.isEmpty || report.leaseWaits.leases > 0 else {
      return [.paragraph("No booking was confirmed in this run, and no lease taken.")]
    }
    var table = ReportTable(
      "Milliseconds, nearest rank",
      [
        .text("what"), .number("measured"), .number("P50"), .number("P95"), .number("P99"), .number("longest"),
        .number("budget, P95"), .text("verdict"),
      ])
    for flow in report.latencies {
      table.add(
        ReportCell("until confirmed, \(FlowName.shown(flow.flow))"), ReportCell(ReportNumber.grouped(flow.confirmed)),
        time(flow.p50), time(flow.p95), time(flow.p99), time(flow.longest),
        time(report.budget.latency), verdict(flow.p95, report.budget.latency, flow.flow))
    }
    let waits = report.leaseWaits
    if waits.leases > 0 {
      table.add(
        "wait for the lease, V3", ReportCell(ReportNumber.grouped(waits.leases)), time(waits.p50), time(waits.p95),
        time(waits.p99), time(waits.longest), time(report.budget.leaseWait),
        verdict(waits.p95, report.budget.leaseWait, "v3"))
    }
    return (chart.map { [.chart($0)] } ?? []) + [.table(table)]
  }

  private func time(_ value: Double?) -> ReportCell { ReportCell(ReportNumber.milliseconds(value)) }

  /// Legacy waits by design: what it takes is shown, and is nobody's failure.
  private func verdict(_ value: Double?, _ budget: Double?, _ flow: String) -> ReportCell {
    guard let value, let budget else { return "–" }
    if flow == "legacy" { return value < budget ? "within" : "over" }
    return value < budget ? ReportCell("within", .good) : ReportCell("OVER", .bad)
  }

  private var chart: ReportChart? {
    let bands = VerificationReport.LatencyCounts.bands
    // Without the bands at both ends in which there is nothing.
    let used = bands.indices.filter { index in report.latencies.contains { count($0, index) > 0 } }
    guard let first = used.first, let last = used.last else { return nil }
    let bars = (first...last).map { index in
      BarChart.Bar(
        bands[index].1,
        report.latencies.map { 100 * Double(count($0, index)) / Double(max($0.confirmed, 1)) })
    }
    return .bars(
      BarChart(
        title: "Time until confirmed, share of the confirmed", series: report.latencies.map { FlowName.shown($0.flow) },
        bars: bars, unit: " %"))
  }

  private func count(_ flow: VerificationReport.LatencyCounts, _ band: Int) -> Int {
    flow.counts.indices.contains(band) ? flow.counts[band] : 0
  }
}
