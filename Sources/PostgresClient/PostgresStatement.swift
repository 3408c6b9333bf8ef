/// One SQL statement with the values of its parameters `$1`, `$2` ….
///
/// Its text should be one of few: each connection prepares it once and keeps it by its text.
public struct PostgresStatement: Sendable, Hashable {
  public var sql: String
  public var values: [PostgresValue]

  public init(_ sql: String, _ values: [PostgresValue] = []) {
    self.sql = sql
    self.values = values
  }
}

extension PostgresStatement: CustomStringConvertible, CustomDebugStringConvertible {
  /// The text without the values, which may be personal data.
  public var description: String { values.isEmpty ? sql : "\(sql) [\(values.count) values]" }
  public var debugDescription: String { description }
}
