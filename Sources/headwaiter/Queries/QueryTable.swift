import AssignmentStore
import BookingDomain

/// A query's result for people.
enum QueryTable {
  /// One row with more columns than this stands upright: a line for each.
  private static let widest = 8

  static func text(_ result: QueryResult) -> String {
    if result.rows.isEmpty { return "No rows.\n" }
    if result.rows.count == 1, result.columns.count > widest { return upright(result) }
    let columns = result.columns.indices.map { column(result, $0) }
    var table = TableText(columns: columns)
    for row in result.rows { table.add(cells: row.map(shown)) }
    return table.render()
  }

  private static func upright(_ result: QueryResult) -> String {
    var table = TableText(.text(""), .flexible(""))
    for (column, value) in zip(result.columns, result.rows[0]) { table.add(column, shown(value)) }
    return table.render(titles: false)
  }

  private static func column(_ result: QueryResult, _ index: Int) -> TableText.Column {
    let isNumber = result.rows.allSatisfy { row in
      switch row[index] {
      case .int, .double, .null: true
      case .text, .time: false
      }
    }
    return isNumber ? .number(result.columns[index]) : .flexible(result.columns[index])
  }

  private static func shown(_ value: QueryValue) -> String {
    switch value {
    case .null: "-"
    case .text(let text): text
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .time(let time): TimeText.second(time)
    }
  }
}
