import BookingDomain
import PostgresClient
import StoreFoundation

/// How domain values are bound.
extension PostgresValue {
  static func text(_ value: String?) -> PostgresValue { value.map { .text($0) } ?? .null }
  static func text(_ value: some StringIdentifier) -> PostgresValue { .text(value.rawValue) }
  static func text<Identifier: StringIdentifier>(_ value: Identifier?) -> PostgresValue { text(value?.rawValue) }
  static func raw<Raw: RawRepresentable<String>>(_ value: Raw) -> PostgresValue { .text(value.rawValue) }
  static func raw<Raw: RawRepresentable<String>>(_ value: Raw?) -> PostgresValue { text(value?.rawValue) }
  static func int(_ value: Int) -> PostgresValue { .int(Int64(value)) }
  static func int(_ value: Int?) -> PostgresValue { value.map { .int(Int64($0)) } ?? .null }
  static func bool(_ value: Bool?) -> PostgresValue { value.map { .bool($0) } ?? .null }
  static func time(_ value: Timestamp) -> PostgresValue {
    .timestamp(microseconds: max(value.microseconds, earliest))
  }
  /// The earliest time that PostgreSQL knows, in 4714 BC; a window that is open to the past begins there.
  private static let earliest: Int64 = -210_866_803_200_000_000
  static func time(_ value: Timestamp?) -> PostgresValue { value.map { time($0) } ?? .null }
  static func bytes(_ value: [UInt8]?) -> PostgresValue { value.map { .bytes($0) } ?? .null }
  static func tables(_ value: [TableNumber]) -> PostgresValue { .texts(value.map(\.rawValue)) }
  /// A duration as whole microseconds; statements multiply it with an interval.
  static func duration(_ value: Duration) -> PostgresValue { .int(value.wholeMicroseconds) }
}

/// Many values of one column, for statements that write several rows from arrays.
extension PostgresValue {
  static func texts<Row>(_ rows: [Row], _ value: (Row) -> String?) -> PostgresValue { .texts(rows.map(value)) }
  static func times<Row>(_ rows: [Row], _ value: (Row) -> Timestamp?) -> PostgresValue {
    .timestamps(rows.map { value($0)?.microseconds })
  }
  static func ints<Row>(_ rows: [Row], _ value: (Row) -> Int?) -> PostgresValue {
    .ints(rows.map { value($0).map(Int64.init) })
  }
}
