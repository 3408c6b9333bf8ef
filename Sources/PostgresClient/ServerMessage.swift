/// An error as the server reports it.
public struct ServerMessage: Sendable, Hashable {
  /// Five characters: see PostgreSQL's manual, appendix A.
  public var sqlState: String
  /// The primary message. It may quote a value that the statement was given.
  public var message: String
  /// It may quote whole rows: never log it.
  public var detail: String?
  public var hint: String?
  public var schema: String?
  public var table: String?
  public var column: String?
  public var constraint: String?

  public init(
    sqlState: String, message: String, detail: String? = nil, hint: String? = nil, schema: String? = nil,
    table: String? = nil, column: String? = nil, constraint: String? = nil
  ) {
    self.sqlState = sqlState
    self.message = message
    self.detail = detail
    self.hint = hint
    self.schema = schema
    self.table = table
    self.column = column
    self.constraint = constraint
  }
}

extension ServerMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Classes of SQLSTATE whose primary messages name objects of the database and never quote values.
  private static let classesWithoutValues: Set<Substring> = [
    "08", "0A", "23", "25", "26", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58",
  ]

  /// For logs: never the detail, and the message only where it cannot quote a value.
  public var description: String {
    var parts = [sqlState]
    if Self.classesWithoutValues.contains(sqlState.prefix(2)) { parts.append(message) }
    if let constraint { parts.append("constraint \(constraint)") }
    if let table { parts.append("table \(table)") }
    return parts.joined(separator: ", ")
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["sqlState": sqlState]) }
}
