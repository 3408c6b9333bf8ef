import BookingDomain
import Foundation
import GRDB

/// How domain values are bound.
extension DatabaseValue {
  static func text(_ value: String?) -> DatabaseValue { value?.databaseValue ?? .null }
  static func text(_ value: some StringIdentifier) -> DatabaseValue { value.rawValue.databaseValue }
  static func text<Identifier: StringIdentifier>(_ value: Identifier?) -> DatabaseValue {
    text(value?.rawValue)
  }
  static func raw<Raw: RawRepresentable<String>>(_ value: Raw) -> DatabaseValue { value.rawValue.databaseValue }
  static func raw<Raw: RawRepresentable<String>>(_ value: Raw?) -> DatabaseValue { text(value?.rawValue) }
  static func int(_ value: Int) -> DatabaseValue { value.databaseValue }
  static func int(_ value: Int?) -> DatabaseValue { value?.databaseValue ?? .null }
  static func int(_ value: Int64) -> DatabaseValue { value.databaseValue }
  static func bool(_ value: Bool) -> DatabaseValue { (value ? 1 : 0).databaseValue }
  static func bool(_ value: Bool?) -> DatabaseValue { value.map { bool($0) } ?? .null }
  static func time(_ value: Timestamp) -> DatabaseValue { value.microseconds.databaseValue }
  static func time(_ value: Timestamp?) -> DatabaseValue { value?.microseconds.databaseValue ?? .null }
  static func bytes(_ value: [UInt8]?) -> DatabaseValue {
    value.map { Data($0).databaseValue } ?? .null
  }
}
