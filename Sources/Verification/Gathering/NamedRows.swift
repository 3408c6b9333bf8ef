import AssignmentStore
import BookingDomain

/// A row of a query's result, by the names of its columns.
struct NamedRow {
  private let values: [String: QueryValue]

  fileprivate init(_ columns: [String], _ row: [QueryValue]) {
    values = Dictionary(zip(columns, row), uniquingKeysWith: { first, _ in first })
  }

  /// A dash for nothing.
  func text(_ column: String) -> String {
    if case .text(let text) = values[column] { text } else { "-" }
  }

  /// 0 for nothing.
  func int(_ column: String) -> Int { optionalInt(column) ?? 0 }

  func optionalInt(_ column: String) -> Int? { double(column).flatMap { Int(exactly: $0.rounded()) } }

  func double(_ column: String) -> Double? {
    switch values[column] {
    case .int(let number): Double(number)
    case .double(let number): number
    case .text, .time, .null, nil: nil
    }
  }

  func time(_ column: String) -> Timestamp? {
    if case .time(let time) = values[column] { time } else { nil }
  }
}

extension QueryResult {
  var named: [NamedRow] { rows.map { NamedRow(columns, $0) } }
}
