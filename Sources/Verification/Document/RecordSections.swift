import BookingDomain
import Rollout

/// What was set, by whom, and on which instances.
struct ConfigurationSection {
  private let configuration: VerificationReport.Configuration
  private let hasEnded: Bool

  init(_ report: VerificationReport) {
    configuration = report.configuration
    hasEnded = report.subject.ending != nil
  }

  var blocks: [ReportDocument.Block] {
    [.list(configuration.phase), .table(flags), instances, changes]
  }

  private var flags: ReportTable {
    var table = ReportTable(
      "Flags when the report was written" + (hasEnded ? ", after the run" : ""),
      [.text("flag"), .text("value"), .text("decided by"), .text("said")])
    for flag in configuration.flags {
      table.add(
        ReportCell(flag.name), ReportCell(flag.value), ReportCell(flag.decidedBy),
        ReportCell(flag.said.isEmpty ? "–" : flag.said))
    }
    return table
  }

  private var instances: ReportDocument.Block {
    guard !configuration.instances.isEmpty else { return .paragraph("No instance was running when it was written.") }
    var table = ReportTable(
      "Instances", [.text("id"), .text("role"), .text("version"), .text("state"), .text("its environment says")])
    for instance in configuration.instances {
      table.add(
        ReportCell(instance.id), ReportCell(instance.role), ReportCell(instance.version),
        instance.isLive ? "live" : ReportCell("silent", .open), ReportCell(instance.says))
    }
    return .table(table)
  }

  private var changes: ReportDocument.Block {
    guard !configuration.changes.isEmpty else { return .paragraph("No flag was changed during the run.") }
    var table = ReportTable(
      "Changes during the run", [.time("at (UTC)"), .text("flag"), .text("value"), .text("by"), .text("reason")])
    for change in configuration.changes {
      table.add(
        ReportCell(ReportNumber.moment(change.at)), ReportCell(change.flag), ReportCell(change.value),
        ReportCell(change.actor), ReportCell(change.reason))
    }
    return .table(table)
  }
}

/// What went wrong, and what is known and accepted.
struct IncidentSection {
  let records: VerificationReport.Records

  init(_ records: VerificationReport.Records) { self.records = records }

  var blocks: [ReportDocument.Block] { [incidents, issues] }

  private var incidents: ReportDocument.Block {
    guard !records.incidents.isEmpty else { return .paragraph("No incident was recorded.") }
    var table = ReportTable("Incidents", [.text("level"), .time("at (UTC)"), .text("by"), .text("what")])
    for incident in records.incidents {
      table.add(
        ReportCell(incident.level.rawValue, incident.level.isSerious ? .bad : .plain),
        ReportCell(ReportNumber.moment(incident.at)), ReportCell(incident.by), ReportCell(incident.text))
    }
    return .table(table)
  }

  private var issues: ReportDocument.Block {
    guard !records.knownIssues.isEmpty else { return .paragraph("No known issue was recorded.") }
    var table = ReportTable("Known issues", [.time("at (UTC)"), .text("by"), .text("what")])
    for issue in records.knownIssues {
      table.add(ReportCell(ReportNumber.moment(issue.at)), ReportCell(issue.by), ReportCell(issue.text))
    }
    return .table(table)
  }
}

/// Each role that is asked for, signed or not.
struct SignOffSection {
  let records: VerificationReport.Records

  let hasEnded: Bool

  init(_ report: VerificationReport) {
    records = report.records
    hasEnded = report.subject.ending != nil
  }

  var blocks: [ReportDocument.Block] {
    guard !records.signOffs.isEmpty else { return [.paragraph("The phase asks for no sign-off.")] }
    var table = ReportTable([.text("role"), .text("by"), .time("at (UTC)")])
    for line in records.signOffs {
      table.add(
        ReportCell(line.role.rawValue),
        line.by.map { ReportCell($0) } ?? ReportCell(hasEnded ? "not given" : "missing", .open),
        ReportCell(line.at.map(ReportNumber.moment) ?? "–"))
    }
    return [.table(table)]
  }
}

/// The story of the run, and its drills.
struct StorySection {
  let records: VerificationReport.Records

  init(_ records: VerificationReport.Records) { self.records = records }

  var blocks: [ReportDocument.Block] { [story, drills] }

  private var story: ReportDocument.Block {
    guard !records.story.isEmpty else { return .paragraph("Nothing else was recorded.") }
    var table = ReportTable([.time("at (UTC)"), .text("what"), .text("by"), .text("in words")])
    for line in records.story {
      table.add(
        ReportCell(ReportNumber.moment(line.at)), ReportCell(line.what), ReportCell(line.by),
        ReportCell(line.text.isEmpty ? "–" : line.text))
    }
    return .table(table)
  }

  private var drills: ReportDocument.Block {
    guard !records.drills.isEmpty else { return .paragraph("No rollback drill was run.") }
    var table = ReportTable("Rollback drills", [.time("at (UTC)"), .text("by"), .number("recovery")])
    for drill in records.drills {
      table.add(
        ReportCell(ReportNumber.moment(drill.result.at)), ReportCell(drill.by),
        ReportCell(Shown.duration(drill.result.recoverySeconds)))
    }
    return .table(table)
  }
}
