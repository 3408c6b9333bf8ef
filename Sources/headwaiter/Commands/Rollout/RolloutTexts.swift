import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import HeadwaiterServer
import Rollout

/// Plans for people and programs.
enum RolloutPlanText {
  /// - Throws: everything that is wrong with the file.
  static func read(_ path: String) throws -> RolloutPlan {
    try RolloutPlanFile.decode(try InputFile.read(path, limit: 1 << 20), source: path)
  }

  /// JSON is the file itself, to be edited and given back.
  static func print(_ plan: RolloutPlan, json: Bool) throws {
    if json { return try Console.write(RolloutPlanFile.encode(plan)) }
    var table = TableText(
      .text("phase"), .text("environment"), .text("V3"), .text("shadow"), .number("share"), .text("at least"),
      .flexible("also"), .flexible("signed off by"))
    for phase in plan.phases {
      table.add(
        phase.name, phase.environment.rawValue, phase.pipelineV3.map { $0 ? "on" : "off" } ?? "-",
        phase.shadow ? "on" : "off", phase.sharePercent.map { "\($0) %" } ?? "-", least(phase), list(phase.also),
        phase.signedOffBy.map(\.rawValue).joined(separator: ", "))
    }
    try Console.write(table.render() + "\nevery phase: \(list(plan.criteria))\n")
  }

  private static func least(_ phase: RolloutPhase) -> String {
    let hours = phase.leastHours > 0 ? "\(phase.leastHours) h" : nil
    let bookings = phase.leastBookings > 0 ? "\(phase.leastBookings) bookings" : nil
    return [hours, bookings].compactMap(\.self).joined(separator: ", ")
  }

  private static func list(_ rules: [CriterionRule]) -> String {
    rules.map { rule in
      let limit = Int(exactly: rule.limit).map { "\($0)" } ?? "\(rule.limit)"
      return "\(rule.kind.rawValue) \(limit)"
    }.joined(separator: ", ")
  }
}

/// What happened, for people and programs.
enum RolloutHistoryText {
  static func print(_ records: [RolloutRecord], json: Bool) throws {
    let body = RolloutHistoryBody(records)
    if json { return try JSONOutput.print(body) }
    guard !records.isEmpty else { return try Console.write("Nothing has happened yet.\n") }
    var table = TableText(
      .text("at"), .number("run"), .text("phase"), .text("what"), .text("by"), .flexible("text"))
    for record in body.records {
      table.add(
        record.at, record.run.map { "\($0)" } ?? "", record.phase ?? "", record.kind, record.by, record.text ?? "")
      for line in record.lines ?? [] { table.add("", "", "", "", "", line) }
    }
    try Console.write(table.render())
  }
}
