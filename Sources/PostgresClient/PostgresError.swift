/// Why a call failed.
public struct PostgresError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The server refused the statement. Nothing of the call's transaction was kept.
    case server(ServerMessage)
    /// The connection could not be opened or was lost. The text holds no password and no parameter.
    case connection(String)
    /// The statement time-out passed; the statement was cancelled.
    case timeout
    /// The task was cancelled, and so was the statement.
    case cancelled
    /// No connection became free within the wait time-out.
    case poolExhausted
    /// The pool was closed, or a connection was used after its lease had ended.
    case closed
  }

  public var kind: Kind
  /// Which statement of a pipeline failed, from 0. Nil if it is not about one: for example when the commit failed.
  public var statementIndex: Int?
  /// The connection was lost after a commit had been sent: it may have happened.
  public var outcomeUnknown: Bool

  public init(_ kind: Kind, statementIndex: Int? = nil, outcomeUnknown: Bool = false) {
    self.kind = kind
    self.statementIndex = statementIndex
    self.outcomeUnknown = outcomeUnknown
  }

  /// The SQLSTATE if the server refused the statement.
  public var sqlState: String? { serverMessage?.sqlState }

  /// What the server said, if it refused the statement.
  public var serverMessage: ServerMessage? {
    guard case .server(let message) = kind else { return nil }
    return message
  }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
  /// For logs: no password, no parameter, no detail.
  public var description: String {
    let place = statementIndex.map { " at statement \($0)" } ?? ""
    return kind.description + place + (outcomeUnknown ? ", outcome unknown" : "")
  }
  public var debugDescription: String { description }
}

extension PostgresError.Kind: CustomStringConvertible {
  public var description: String {
    switch self {
    case .server(let message): message.description
    case .connection(let text): "connection: \(text)"
    case .timeout: "statement time-out"
    case .cancelled: "cancelled"
    case .poolExhausted: "no connection of the pool became free in time"
    case .closed: "closed"
    }
  }
}
