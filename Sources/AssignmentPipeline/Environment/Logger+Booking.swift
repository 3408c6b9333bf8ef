import BookingDomain
public import Logging

extension Booking {
  /// What every log line about it carries.
  var logged: Logger.Metadata {
    var metadata: Logger.Metadata = ["booking_id": "\(id)"]
    if let trace { metadata["trace_id"] = "\(trace)" }
    return metadata
  }
}

extension Logger {
  /// Logs an error as loud as its kind says. One of a kind that says nothing is a defect, and is named by its type alone:
  /// its description may hold anything.
  /// - Parameters:
  ///   - what: what went wrong by it, a few words.
  ///   - source: the label of the line.
  public func tell(
    _ error: any Error, _ what: String? = nil, metadata: Logger.Metadata? = nil, source: String
  ) {
    let loud = error as? any LoudError
    let level = loud.map { Logger.Level($0.loudness) } ?? (error is CancellationError ? .debug : .error)
    guard logLevel <= level else { return }
    let words = loud.map { "\($0)" } ?? "\(type(of: error))"
    log(level: level, "\(what.map { $0 + ": " } ?? "")\(words)", metadata: metadata, source: source)
  }
}

extension Logger.Level {
  init(_ loudness: ObservabilityEvent.Severity) {
    self =
      switch loudness {
      case .debug: .debug
      case .info: .info
      case .warning: .warning
      case .error: .error
      }
  }
}
