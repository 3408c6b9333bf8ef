import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import Resilience

/// What was deleted, or would be.
struct PruneReport: Encodable {
  struct Row: Encodable {
    var kind: PrunedKind
    /// Older than this.
    var before: String
    var rows: Int
  }

  struct Exported: Encodable {
    /// Nil where there was nothing to write.
    var path: String?
    var events: Int
  }

  var dryRun: Bool
  var pruned: [Row]
  var exported: Exported?

  enum CodingKeys: String, CodingKey {
    case dryRun = "dry_run"
    case pruned, exported
  }

  init(_ plan: RetentionSweep.Plan, _ tally: RetentionSweep.Tally, dryRun: Bool, exported: Exported?) {
    self.dryRun = dryRun
    self.exported = exported
    pruned = PrunedKind.allCases.compactMap { kind in
      plan.cutoffs[kind].map { Row(kind: kind, before: "\($0)", rows: tally[kind] ?? 0) }
    }
  }

  func text(_ retention: Retention) -> String {
    var text = ""
    if let exported { text += PruneReport.words(exported) + "\n\n" }
    var table = TableText(
      .text(""), .text("older than"), .text("that is before"), .number(dryRun ? "would be deleted" : "deleted"))
    for row in pruned { table.add(row.kind.rawValue, AgeText.text(retention[row.kind]), row.before, "\(row.rows)") }
    return text + table.render()
  }

  private static func words(_ exported: Exported) -> String {
    guard let path = exported.path else { return "No event to export." }
    return "\(exported.events) \(exported.events == 1 ? "event is" : "events are") in \(ShownText.escaped(path))"
  }
}

/// How far a prune is, for the progress line.
final class PruneProgress: Sendable {
  private let state = Locked((exported: 0, pruned: 0))

  func exported(_ count: Int) { state.withLock { $0.exported = count } }
  func pruned(_ tally: RetentionSweep.Tally) { state.withLock { $0.pruned = tally.values.reduce(0, +) } }

  var text: String {
    let now = state.withLock { $0 }
    return now.pruned > 0 ? "\(now.pruned) deleted" : now.exported > 0 ? "\(now.exported) events exported" : "looking …"
  }
}
