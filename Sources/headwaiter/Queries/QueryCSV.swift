import AssignmentStore
import BookingDomain

/// A query's result as CSV after RFC 4180: a header, CRLF after each line, quotes where they are needed.
enum QueryCSV {
  /// - Parameter header: false for what continues an earlier text.
  static func text(_ result: QueryResult, header: Bool = true) -> String {
    var text = header ? line(result.columns) : ""
    for row in result.rows { text += line(row.map(field)) }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  private static func field(_ value: QueryValue) -> String {
    switch value {
    case .null: ""
    case .text(let text): text
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .time(let time): time.description
    }
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
