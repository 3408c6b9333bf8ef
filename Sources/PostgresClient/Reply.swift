/// How a call ended, and what has become of its connection.
struct Reply: Sendable {
  enum ConnectionState: Sendable {
    /// It was found dead before anything was sent: try another one.
    case stale
    /// It was lost, or is no longer to be trusted, and has been closed.
    case unusable
    case inTransaction
    case idle
  }

  var outcome: Result<[PostgresResult], PostgresError>
  var state: ConnectionState
  /// False if the server never heard of the call.
  var wasSent = true

  static func failure(_ kind: PostgresError.Kind, _ state: ConnectionState, wasSent: Bool = true) -> Reply {
    Reply(outcome: .failure(PostgresError(kind)), state: state, wasSent: wasSent)
  }
}
