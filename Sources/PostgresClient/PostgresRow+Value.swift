extension PostgresRow {
  /// A value of a column whose type is not known beforehand.
  public enum Value: Sendable, Hashable {
    case null
    /// Text, and types that have no case of their own, which are named.
    case text(String)
    case int(Int64)
    /// float8, float4 and numeric.
    case double(Double)
    case bool(Bool)
    /// Microseconds since 1970-01-01 UTC.
    case timestamp(microseconds: Int64)
  }

  public func value(_ column: Int) -> Value {
    if isNull(column) { return .null }
    return read(column) { cell in
      switch cell.type {
      case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.oid: .int(cell.int64())
      case PostgresType.float8, PostgresType.float4, PostgresType.numeric: .double(cell.double())
      case PostgresType.bool: .bool(cell.bool())
      case PostgresType.timestamptz: .timestamp(microseconds: cell.timestamp())
      case PostgresType.jsonb: .text(cell.text())
      case let type where PostgresType.isText(type): .text(cell.text())
      case let type: .text("(type \(type))")
      }
    }
  }
}
