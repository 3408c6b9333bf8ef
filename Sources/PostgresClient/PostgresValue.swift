/// A bound parameter of a statement. Values never become part of the SQL text.
///
/// ``text(_:)`` and ``null`` have no type of their own: the server infers it from the statement (text, jsonb, int, uuid …).
/// All others are typed and travel in binary.
public enum PostgresValue: Sendable, Hashable {
  case null
  /// Any type in its text form. PostgreSQL stores no U+0000: such a text is refused with SQLSTATE 22021.
  case text(String)
  /// int8
  case int(Int64)
  case bool(Bool)
  /// float8
  case double(Double)
  /// bytea
  case bytes([UInt8])
  /// timestamptz, in microseconds since 1970-01-01 UTC. `Int64.max` is infinity, `Int64.min` minus infinity.
  case timestamp(microseconds: Int64)
  /// text[]
  case texts([String?])
  /// int8[]
  case ints([Int64?])
  /// bool[]
  case bools([Bool?])
  /// timestamptz[], in microseconds since 1970-01-01 UTC
  case timestamps([Int64?])
}
