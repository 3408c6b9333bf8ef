public import BookingDomain
import Foundation
public import Logging

/// Writes log lines, each whole, wherever it is told to.
public struct LineLog: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level
  public var metadataProvider: Logger.MetadataProvider?
  private let format: LogFormat
  private let clock: any WallClock
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - clock: the system's unless set.
  ///   - write: takes a line with its line feed; standard error, which is not buffered, unless set.
  public init(
    format: LogFormat, level: Logger.Level, clock: any WallClock = SystemWallClock(),
    write: @escaping @Sendable (String) -> Void = LineLog.standardError
  ) {
    self.format = format
    logLevel = level
    self.clock = clock
    self.write = write
  }

  /// A logger that writes so.
  public var logger: Logger { Logger(label: "headwaiter") { _ in self } }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var facts = metadata
    if let provided = metadataProvider?.get() { facts.merge(provided) { $1 } }
    if let own = event.metadata { facts.merge(own) { $1 } }
    if let error = event.error { facts["error_type"] = "\(type(of: error))" }
    write(
      LogLine(
        time: clock.now(), level: event.level, label: event.source, message: "\(event.message)", metadata: facts
      ).text(format))
  }

  /// One call for a line, so that lines of several threads do not mix.
  @Sendable public static func standardError(_ line: String) {
    var rest = Array(line.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if count < 0, errno != EINTR, errno != EAGAIN { return }
    }
  }
}
