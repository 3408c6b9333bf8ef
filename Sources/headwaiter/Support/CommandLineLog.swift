import Logging

/// Log lines of the process: on standard error, which is not buffered.
enum CommandLineLog {
  static func logger(level: Logger.Level) -> Logger {
    var logger = Logger(label: "headwaiter", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = level
    return logger
  }
}
