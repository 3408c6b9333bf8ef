import Bootstrap
import Logging

/// Log lines of the process: on standard error, which is not buffered.
enum CommandLineLog {
  static func logger(level: Logger.Level, format: LogFormat = .text) -> Logger {
    LineLog(format: format, level: level).logger
  }
}
