import AssignmentStore
import BookingDomain
import PostgresClient
import StoreFoundation

/// Columns of a row as domain values; what cannot be read is a defect, or a damaged database.
extension PostgresRow {
  func optionalInt(_ column: Int) -> Int? { optionalInt64(column).map(Int.init) }
  func id<Identifier: StringIdentifier>(_ column: Int) -> Identifier { Identifier(rawValue: text(column)) }
  func optionalID<Identifier: StringIdentifier>(_ column: Int) -> Identifier? {
    optionalText(column).map(Identifier.init(rawValue:))
  }
  func time(_ column: Int) -> Timestamp { Timestamp(microseconds: timestamp(column)) }
  func optionalTime(_ column: Int) -> Timestamp? { optionalTimestamp(column).map(Timestamp.init(microseconds:)) }
  func window(_ start: Int) -> TimeWindow { TimeWindow(start: time(start), end: time(start + 1)) }
  func strings(_ column: Int) -> [String] { texts(column).map { $0 ?? "" } }
  func tables(_ column: Int) -> [TableNumber] { strings(column).map(TableNumber.init(rawValue:)) }

  func raw<Raw: RawRepresentable<String>>(_ column: Int) throws(StoreError) -> Raw {
    guard let value = Raw(rawValue: text(column)) else { throw unreadable(column) }
    return value
  }

  func optionalRaw<Raw: RawRepresentable<String>>(_ column: Int) throws(StoreError) -> Raw? {
    guard let text = optionalText(column) else { return nil }
    guard let value = Raw(rawValue: text) else { throw unreadable(column) }
    return value
  }

  func json<Value: Decodable>(_ column: Int) throws(StoreError) -> Value {
    guard let value: Value = JSONText.decode(text(column)) else { throw unreadable(column) }
    return value
  }

  func optionalJSON<Value: Decodable>(_ column: Int) throws(StoreError) -> Value? {
    isNull(column) ? nil : try json(column)
  }

  func date(_ column: Int) throws(StoreError) -> LocalDate {
    guard let value = LocalDate(text(column)) else { throw unreadable(column) }
    return value
  }

  /// Names the column's place, never its content.
  private func unreadable(_ column: Int) -> StoreError { .invalid("column \(column + 1) of a row cannot be read") }
}
