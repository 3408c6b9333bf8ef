import CLibPQ

/// One row. Columns are read by index and must have a type that fits.
///
/// A null where none is expected, or another type, is a defect of the statement and traps, naming column and type. Columns
/// of types that were made in the database are read as text, which is right for enumerations.
public struct PostgresRow: Sendable {
  let result: PostgresResult
  let index: Int32

  public func isNull(_ column: Int) -> Bool {
    checkExists(column)
    return PQgetisnull(result.handle, index, Int32(column)) == 1
  }

  /// text, varchar, char, name, json, jsonb, numeric, enumerations
  public func text(_ column: Int) -> String {
    read(column) { $0.text() }
  }

  public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// int2, int4, int8, oid, and numeric if it is whole and fits
  public func int64(_ column: Int) -> Int64 {
    read(column) { $0.int64() }
  }

  public func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

  /// As ``int64(_:)``.
  public func int(_ column: Int) -> Int { Int(int64(column)) }

  public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

  public func bool(_ column: Int) -> Bool {
    read(column) { $0.bool() }
  }

  public func optionalBool(_ column: Int) -> Bool? { isNull(column) ? nil : bool(column) }

  /// float8, float4, numeric
  public func double(_ column: Int) -> Double {
    read(column) { $0.double() }
  }

  public func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

  /// bytea
  public func bytes(_ column: Int) -> [UInt8] {
    read(column) { $0.content() }
  }

  public func optionalBytes(_ column: Int) -> [UInt8]? { isNull(column) ? nil : bytes(column) }

  /// timestamptz, in microseconds since 1970-01-01 UTC; infinities are `Int64.max` and `Int64.min`.
  public func timestamp(_ column: Int) -> Int64 {
    read(column) { $0.timestamp() }
  }

  public func optionalTimestamp(_ column: Int) -> Int64? { isNull(column) ? nil : timestamp(column) }

  /// An array of text, varchar, name, json or an enumeration, in one dimension
  public func texts(_ column: Int) -> [String?] { read(column) { $0.array { $0.text() } } }

  /// int2[], int4[], int8[], in one dimension
  public func ints(_ column: Int) -> [Int64?] { read(column) { $0.array { $0.int64() } } }

  /// bool[], in one dimension
  public func bools(_ column: Int) -> [Bool?] { read(column) { $0.array { $0.bool() } } }

  /// timestamptz[], in one dimension, as ``timestamp(_:)``
  public func timestamps(_ column: Int) -> [Int64?] { read(column) { $0.array { $0.timestamp() } } }

  /// Lends a cell, whose bytes belong to the result.
  func read<Value>(_ column: Int, _ body: (PostgresCell) -> Value) -> Value {
    checkExists(column)
    return withExtendedLifetime(result) {
      let type = PQftype(result.handle, Int32(column))
      guard !isNull(column), let value = PQgetvalue(result.handle, index, Int32(column)) else {
        preconditionFailure("column \(column) (\(result.columnName(column)), type \(type)) is null")
      }
      let bytes = UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result.handle, index, Int32(column))))
      return body(PostgresCell(column: column, type: type, bytes: bytes))
    }
  }

  private func checkExists(_ column: Int) {
    precondition(column >= 0 && column < result.columnCount, "no column \(column) of \(result.columnCount)")
  }
}
