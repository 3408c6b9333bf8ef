/// Where the run's bookings are, and the ways they took.
struct StateSection {
  let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var blocks: [ReportDocument.Block] {
    guard !report.states.isEmpty else { return [.paragraph("No booking was made in this run.")] }
    let all = report.states.reduce(0) { $0 + $1.bookings }
    var states = ReportTable(
      "Bookings made in the run, as they are now",
      [.text("state"), .text("status"), .number("bookings"), .number("share")])
    for state in report.states {
      states.add(
        ReportCell(state.state), ReportCell(state.status), ReportCell(ReportNumber.grouped(state.bookings)),
        ReportCell(ReportNumber.percent(state.bookings, of: all)))
    }
    var ways = ReportTable(
      "Changes of state, from the history", [.text("from"), .text("to"), .text("mode"), .number("changes")])
    for way in report.transitions {
      ways.add(
        ReportCell(way.from == "-" ? "(new)" : way.from), ReportCell(way.to), ReportCell(way.mode),
        ReportCell(ReportNumber.grouped(way.changes)))
    }
    return [.table(states), .table(ways), .table(tables)]
  }

  private var tables: ReportTable {
    var table = ReportTable(
      "How tables were found",
      [.text("flow"), .text("strategy"), .number("tables"), .number("bookings"), .number("covers")])
    for use in report.tables {
      table.add(
        ReportCell(FlowName.shown(use.flow)), ReportCell(use.strategy), ReportCell("\(use.tables)"),
        ReportCell(ReportNumber.grouped(use.bookings)), ReportCell(ReportNumber.grouped(use.covers)))
    }
    return table
  }
}

/// Why bookings were not confirmed at once.
struct ReasonSection {
  let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var blocks: [ReportDocument.Block] {
    guard !report.reasons.isEmpty else {
      return [.paragraph("No review, failure, refusal, retry or error was recorded in this run.")]
    }
    var table = ReportTable([
      .text("what"), .text("reason"), .text("flow"), .number("bookings"), .number("of them eligible"),
    ])
    for reason in report.reasons {
      table.add(
        ReportCell(reason.what), ReportCell(reason.reason), ReportCell(FlowName.shown(reason.flow)),
        ReportCell(ReportNumber.grouped(reason.bookings)),
        ReportCell(reason.eligible.map(ReportNumber.grouped) ?? "–"))
    }
    let reviews = report.reasons.filter { $0.what == "review" }.prefix(8)
    let bars = reviews.map { BarChart.Bar("\($0.reason) (\(FlowName.shown($0.flow)))", [Double($0.bookings)]) }
    let chart = BarChart(title: "Sent to people, by reason", series: ["bookings"], bars: bars)
    return (bars.isEmpty ? [] : [.chart(.bars(chart))]) + [.table(table)]
  }
}

/// What guests and staff were told.
struct NoticeSection {
  let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var blocks: [ReportDocument.Block] {
    guard !report.notices.isEmpty else { return [.paragraph("No notice was written for bookings of this run.")] }
    var table = ReportTable([
      .text("notice"), .text("status"), .number("notices"), .number("hand-overs"), .number("told twice"),
    ])
    for notice in report.notices {
      table.add(
        ReportCell(notice.kind.replacing("_", with: " ")), ReportCell(notice.status),
        ReportCell(ReportNumber.grouped(notice.notices)), ReportCell(ReportNumber.grouped(notice.deliveries)),
        ReportCell("\(notice.twice)", notice.twice > 0 ? .bad : .plain))
    }
    return [.table(table)]
  }
}

/// What has been tried out for real, and what has not.
struct EdgeCaseSection {
  let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var blocks: [ReportDocument.Block] {
    let exercised = report.edgeCases.filter { $0.count > 0 }
    var table = ReportTable([.text("edge case"), .number("bookings")])
    for edge in exercised + report.edgeCases.filter({ $0.count == 0 }) {
      table.add(
        ReportCell(edge.words),
        edge.count > 0 ? ReportCell(ReportNumber.grouped(edge.count)) : ReportCell("not exercised", .open))
    }
    return [
      .paragraph("\(exercised.count) of \(report.edgeCases.count) edge cases were exercised by bookings of this run."),
      .table(table),
    ]
  }
}
