import ArgumentParser
import BookingDomain
import Bootstrap
import Rollout
import Verification

/// `headwaiter verify`: the verification report of a rollout's phase.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Write the verification report of a rollout's phase.",
    discussion: """
      Of the run that goes on or ended last, unless told otherwise: how it ended, or what the gate says and what else is \
      missing; criteria with measured values, legacy against V3, latencies against their budget, states, reasons, notices, \
      edge cases, configuration, incidents, and sign-offs. It comes from stored data alone, while the run goes on and afterwards, as long as its events are kept. The \
      HTML page needs nothing else, and prints.

      Exits 0 when all criteria pass; 1 when one fails or has not enough data, and when the run was rolled back or aborted.
      """)

  @Option(help: ArgumentHelp("The last run of this phase.", valueName: "name")) var phase: String?
  @Option(name: .customLong("run"), help: ArgumentHelp("The run of this number.", valueName: "number"))
  var runNumber: Int?
  @Option(help: ArgumentHelp("Write it here instead of to standard output.", valueName: "file")) var output: String?
  @Option(help: "As what: markdown or html; by the file's name unless given.") var format: VerificationOutput.Format?
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print the report's figures as JSON.") var json = false

  func validate() throws {
    if phase != nil && runNumber != nil { throw ValidationError("--phase and --run exclude each other") }
    if json && format != nil { throw ValidationError("--json and --format exclude each other") }
  }

  func run() async throws {
    if let output { try OutputFile.check(output) }
    let opened = try await database.open()
    defer { opened.close() }
    let report = try await ProgressLine.during(saying: "asking the database …") { try await gather(opened) }
    let shown = VerificationOutput(report)
    let text = try json ? JSONOutput.snakeCase(report) : shown.text(format ?? VerificationOutput.Format(of: output))
    if let output {
      try VerificationOutput.write(text, to: output, saysSo: true)
      try Console.write(shown.summary)
    } else {
      try Console.write(text)
    }
    if !report.hasPassed { throw ExitCode(.finding) }
  }

  private func gather(_ opened: OpenDatabase) async throws -> VerificationReport {
    do {
      return try await RunVerifier(opened.store).report(of: choice, now: SystemWallClock().now())
    } catch {
      if case .store(let failure) = error { throw failure }
      throw CommandProblem(ShownText.escaped("\(error)"))
    }
  }

  private var choice: RunChoice {
    if let runNumber { return .number(runNumber) }
    return phase.map(RunChoice.phase) ?? .latest
  }
}
