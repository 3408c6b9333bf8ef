/// Why the server was asked to cancel a statement.
enum StopReason: Sendable {
  case timeout, cancelled

  var kind: PostgresError.Kind { self == .timeout ? .timeout : .cancelled }
}

/// Time limits of one call, and how far it came.
struct CallWatch {
  /// What the server gets to answer after it was asked to cancel.
  static let grace = Duration.seconds(2)

  let deadline: ContinuousClock.Instant
  /// All was handed to the network; the commit is in what comes last.
  var isSent = false
  private(set) var stop: (reason: StopReason, until: ContinuousClock.Instant, request: CancelRequest)?

  init(timeout: Duration) { deadline = ContinuousClock.now + timeout }

  /// What the next wait ends at.
  var limit: ContinuousClock.Instant { stop?.until ?? deadline }

  mutating func stop(_ reason: StopReason, by request: CancelRequest) {
    stop = (reason, ContinuousClock.now + Self.grace, request)
  }
}

/// Why a call got no answer.
enum CallEnd: Error {
  /// Nothing was sent, because of a value that no server takes.
  case refused(PostgresError)
  case lost(String)
  /// The server did not answer the request to cancel either.
  case abandoned(StopReason)
}
