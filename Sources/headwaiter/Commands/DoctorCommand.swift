import ArgumentParser
import Bootstrap
import Foundation

/// `headwaiter doctor`: what is wrong, and what to do about it.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look for what is wrong with configuration, database and instances, and say what to do about it.",
    discussion: """
      Looks at the settings and where they are from, the database (version, extensions, migrations, durability, rights, \
      clock, disk), the instances on it and what they say of the flags, forced circuit breakers, and the queue. Changes \
      nothing. Exits 0 if all is fine, 1 for findings, 3 if something cannot work.
      """)

  @Option(
    help: ArgumentHelp(
      "The database, sqlite:PATH or postgresql://…; HEADWAITER_DATABASE unless given.", valueName: "url"))
  var database: String?
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let doctor = Doctor(environment: ProcessInfo.processInfo.environment, database: database)
    let found = await ProgressLine.during(saying: "looking …") { await doctor.examine() }
    let report = DoctorReport(found)
    if json { try JSONOutput.print(report) } else { try Console.write(report.text) }
    switch report.verdict {
    case .fine, .skipped: return
    case .finding: throw ExitCode(.finding)
    case .critical: throw ExitCode(.critical)
    }
  }
}
