import AssignmentStore
import BookingDomain
import Foundation
import GRDB
import StoreFoundation

/// Columns of a row as domain values; what cannot be read is a defect, or a damaged database.
extension Row {
  func int(_ column: Int) -> Int { self[column] ?? 0 }
  func int64(_ column: Int) -> Int64 { self[column] ?? 0 }
  func optionalInt(_ column: Int) -> Int? { self[column] }
  func bool(_ column: Int) -> Bool { int(column) != 0 }
  func optionalBool(_ column: Int) -> Bool? { optionalInt(column).map { $0 != 0 } }
  func text(_ column: Int) -> String { self[column] ?? "" }
  func optionalText(_ column: Int) -> String? { self[column] }
  func id<Identifier: StringIdentifier>(_ column: Int) -> Identifier { Identifier(rawValue: text(column)) }
  func optionalID<Identifier: StringIdentifier>(_ column: Int) -> Identifier? {
    optionalText(column).map(Identifier.init(rawValue:))
  }
  func time(_ column: Int) -> Timestamp { Timestamp(microseconds: int64(column)) }
  func optionalTime(_ column: Int) -> Timestamp? { (self[column] as Int64?).map(Timestamp.init(microseconds:)) }
  func window(_ start: Int) -> TimeWindow { TimeWindow(start: time(start), end: time(start + 1)) }
  func bytes(_ column: Int) -> [UInt8]? { (self[column] as Data?).map { [UInt8]($0) } }

  func raw<Raw: RawRepresentable<String>>(_ column: Int) throws -> Raw {
    guard let value = Raw(rawValue: text(column)) else { throw unreadable(column) }
    return value
  }

  func optionalRaw<Raw: RawRepresentable<String>>(_ column: Int) throws -> Raw? {
    guard let text = optionalText(column) else { return nil }
    guard let value = Raw(rawValue: text) else { throw unreadable(column) }
    return value
  }

  func json<Value: Decodable>(_ column: Int) throws -> Value {
    guard let value: Value = JSONText.decode(text(column)) else { throw unreadable(column) }
    return value
  }

  func optionalJSON<Value: Decodable>(_ column: Int) throws -> Value? {
    optionalText(column) == nil ? nil : try json(column)
  }

  func strings(_ column: Int) throws -> [String] {
    guard let value = JSONText.strings(text(column)) else { throw unreadable(column) }
    return value
  }

  func tables(_ column: Int) throws -> [TableNumber] { try strings(column).map(TableNumber.init(rawValue:)) }

  func date(_ column: Int) throws -> LocalDate {
    guard let value = LocalDate(text(column)) else { throw unreadable(column) }
    return value
  }

  /// Names the column, never its content.
  private func unreadable(_ column: Int) -> StoreError {
    .invalid("column \(columnNames[columnNames.index(columnNames.startIndex, offsetBy: column)]) cannot be read")
  }
}
