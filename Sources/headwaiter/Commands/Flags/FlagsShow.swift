import ArgumentParser
import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap
import HeadwaiterAPI
import HeadwaiterServer

/// `headwaiter flags show`.
struct FlagsShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show every flag, its value, who decided it, and what is set for whom.")

  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    try FlagReportText(try await system.desks.flags.report(.commandLine)).print(json: json)
  }
}

/// The flags as they stand, for people or programs.
struct FlagReportText {
  private let report: FlagReport

  init(_ report: FlagReport) { self.report = report }

  func print(json: Bool) throws {
    if json { return try JSONOutput.print(FlagsBody(report)) }
    var table = TableText(.text("flag"), .text("value"), .flexible("decided by"), .flexible("said"))
    for verdict in report.verdicts {
      table.add(
        verdict.name.rawValue, verdict.value, verdict.decidedBy.map(\.description).joined(separator: ", "),
        verdict.said.map { "\($0.source): \($0.value)" }.joined(separator: ", "))
    }
    try Console.write(table.render())
    guard !report.overrides.isEmpty else { return try Console.write("Nothing is set for all instances.\n") }
    var set = TableText(.text("set"), .text("value"), .text("since"), .flexible("by"), .flexible("reason"))
    for override in report.overrides {
      set.add("\(override.key)", override.value, override.at.description, override.actor, override.reason)
    }
    try Console.write("\n" + set.render())
  }
}

extension FlagChange {
  /// - Throws: ``CommandProblem`` for a name that no flag has.
  static func flag(_ name: String) throws -> FlagName {
    if let flag = FlagName(rawValue: name), FlagName.settable.contains(flag) { return flag }
    let advice = name == FlagName.killSwitch.rawValue ? "; the kill switch is `headwaiter kill`" : ""
    throw CommandProblem(
      "\"\(ShownText.escaped(name))\" is no flag; allowed: "
        + FlagName.settable.map(\.rawValue).joined(separator: ", ") + advice)
  }

  /// - Throws: `DeskError`, ``CommandProblem``.
  func set(_ key: FlagKey, _ value: String) async throws {
    try await decide("\(key) is \(value)") { desk in
      try await desk.set(key, value, reason: reason, .commandLine)
    }
  }

  /// - Throws: `DeskError`, ``CommandProblem``.
  func clear(_ key: FlagKey) async throws {
    try await decide("\(key) is let go") { desk in try await desk.clear(key, reason: reason, .commandLine) }
  }

  private func decide(_ what: String, _ change: (LiveFlagDesk) async throws -> FlagReport) async throws {
    let system = try await database.openSystem()
    defer { system.close() }
    let report = try await change(system.desks.flags)
    if json { return try JSONOutput.print(FlagsBody(report)) }
    try Console.write("\(what), on all instances within a second\n")
    let flow = report.verdicts.first { $0.name == .pipelineV3 }
    guard let flow else { return }
    let by = flow.decidedBy.map(\.description).joined(separator: ", ")
    try Console.write("V3 is \(flow.value == "true" ? "on" : "off"), by \(by)\n")
  }
}
