/// The server's numbers of the built-in types that are read and written; from `pg_type.dat`, they never change.
enum PostgresType {
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let char: UInt32 = 18
  static let name: UInt32 = 19
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let oid: UInt32 = 26
  static let json: UInt32 = 114
  static let float4: UInt32 = 700
  static let float8: UInt32 = 701
  static let unknown: UInt32 = 705
  static let bpchar: UInt32 = 1042
  static let varchar: UInt32 = 1043
  static let timestamptz: UInt32 = 1184
  static let numeric: UInt32 = 1700
  static let jsonb: UInt32 = 3802

  static let boolArray: UInt32 = 1000
  static let textArray: UInt32 = 1009
  static let int8Array: UInt32 = 1016
  static let timestamptzArray: UInt32 = 1185

  /// Types from here on were made in the database: enumerations, for example.
  static let firstOwn: UInt32 = 16_384

  /// Whether the binary form is the text itself. Of own types that is so for enumerations, which is what there is.
  static func isText(_ type: UInt32) -> Bool {
    switch type {
    case text, varchar, bpchar, name, char, json, unknown: true
    default: type >= firstOwn
    }
  }
}

/// PostgreSQL counts from 2000-01-01, this module from 1970-01-01.
enum PostgresEpoch {
  static let microseconds: Int64 = 946_684_800_000_000

  /// Both ends of the range are infinities, on both sides.
  static func fromServer(_ value: Int64) -> Int64 {
    if value == .max || value == .min { return value }
    let (sum, overflow) = value.addingReportingOverflow(microseconds)
    return overflow ? .max : sum
  }

  /// What PostgreSQL cannot represent becomes what it refuses as out of range (22008).
  static func toServer(_ value: Int64) -> Int64 {
    if value == .max || value == .min { return value }
    let (difference, overflow) = value.subtractingReportingOverflow(microseconds)
    return overflow ? .min + 1 : difference
  }
}
