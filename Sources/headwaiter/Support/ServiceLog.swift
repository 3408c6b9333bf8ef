import ArgumentParser
import Bootstrap
import Logging

/// What a process that serves writes to standard error: log lines, that it is there, and why it ends, all in one format.
struct ServiceLog {
  private static let label = "headwaiter"

  let logger: Logger
  private let format: LogFormat

  init(level: Logger.Level, format: LogFormat) {
    logger = CommandLineLog.logger(level: level, format: format)
    self.format = format
  }

  /// A line that is there whatever the level.
  func announce(_ text: String) {
    switch format {
    case .text: Console.note(text)
    case .json: tell(text, .notice)
    }
  }

  /// Runs the service. What ends it is a line like the others where programs read them, and otherwise what every command
  /// says.
  func reporting(_ body: () async throws -> Void) async throws {
    guard format == .json else { return try await body() }
    do { try await body() } catch {
      let report = ExitReport(error)
      if !report.text.isEmpty { tell(report.text, .critical) }
      throw ExitCode(report.status)
    }
  }

  private func tell(_ text: String, _ level: Logger.Level) {
    var logger = logger
    logger.logLevel = min(logger.logLevel, level)
    logger.log(level: level, "\(text)", source: ServiceLog.label)
  }
}
