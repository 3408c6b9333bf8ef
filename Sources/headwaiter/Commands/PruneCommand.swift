import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import Foundation

/// `headwaiter prune`: deletes what has been kept long enough.
struct PruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Delete old events, messages of live events, and answers kept for idempotency keys.",
    discussion: """
      Instances do this by themselves once a minute, events by HEADWAITER_EVENT_RETENTION (30d unless set). In small \
      batches, so that bookings do not wait. With --export, events are first written to a file, which is whole and on \
      disk before anything is deleted; without room for it, nothing is. Bookings, their history, attempts and decisions \
      are kept.
      """)

  @Option(
    help: ArgumentHelp("Events older than this, from 1d; HEADWAITER_EVENT_RETENTION unless given.", valueName: "age"))
  var eventsOlderThan: String?
  @Option(help: ArgumentHelp("Messages of live events older than this, from 1h.", valueName: "age")) var outbox = "24h"
  @Option(help: ArgumentHelp("Answers of idempotency keys older than this, from 24h.", valueName: "age"))
  var idempotency = "24h"

  @Option(
    help: ArgumentHelp(
      "Write the events to this new file first (.csv, or .jsonl for JSON lines), or to a new file in this folder.",
      valueName: "file|folder"))
  var export: String?

  @Flag(help: "Only say how many there are.") var dryRun = false
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let retention = try await retention()
    let opened = try await database.open()
    defer { opened.close() }
    let plan = RetentionSweep.Plan(retention, now: try await opened.store.storeNow())
    let progress = PruneProgress()
    let report = try await ProgressLine.during(saying: progress.text) { try await prune(opened, plan, progress) }
    if json { try JSONOutput.print(report) } else { try Console.write(report.text(retention)) }
  }

  private func prune(
    _ opened: OpenDatabase, _ plan: RetentionSweep.Plan, _ progress: PruneProgress
  ) async throws -> PruneReport {
    let sweep = RetentionSweep(store: opened.store)
    if dryRun { return PruneReport(plan, try await sweep.count(plan), dryRun: true, exported: nil) }
    var exported: PruneReport.Exported?
    if let export, let before = plan.cutoffs[.events] {
      exported = try await self.export(opened, to: ExportTarget(export, before: before), before: before, progress)
    }
    let tally = try await sweep.run(plan) { progress.pruned($0) }
    return PruneReport(plan, tally, dryRun: false, exported: exported)
  }

  private func export(
    _ opened: OpenDatabase, to target: ExportTarget, before: Timestamp, _ progress: PruneProgress
  ) async throws -> PruneReport.Exported {
    let count: Int
    do {
      count = try await EventExport(store: opened.store, before: before).write(to: target.path, as: target.format) {
        progress.exported($0)
      }
    } catch let problem as ExportProblem {
      throw CommandProblem("\(ShownText.escaped("\(problem)")); nothing was deleted", status: .critical)
    }
    // Whatever else may have been written under an old time since.
    guard try await opened.store.prunable(.events, before: before) <= count else {
      throw CommandProblem("there are old events that the export does not have; nothing was deleted", status: .critical)
    }
    return PruneReport.Exported(path: count > 0 ? target.path : nil, events: count)
  }

  private func retention() async throws -> Retention {
    let environment = try await EnvironmentConfiguration.load(
      environment: ProcessInfo.processInfo.environment, file: ".env")
    var retention = environment.retention
    if let eventsOlderThan {
      retention.events = try Retention.age(eventsOlderThan, of: .events, place: "--events-older-than")
    }
    retention.outbox = try Retention.age(outbox, of: .outbox, place: "--outbox")
    retention.idempotency = try Retention.age(idempotency, of: .idempotency, place: "--idempotency")
    return retention
  }
}
