import CLibPQ

extension PostgresResult {
  /// The codes of libpq's `PG_DIAG_…` fields, which are characters in C.
  private enum Field: Unicode.Scalar {
    case severity = "V"
    case sqlState = "C"
    case message = "M"
    case detail = "D"
    case hint = "H"
    case schema = "s"
    case table = "t"
    case column = "c"
    case constraint = "n"
    case sourceFunction = "R"
  }

  /// What the server said; nil if the error is libpq's own.
  var serverMessage: ServerMessage? {
    guard let sqlState = field(.sqlState) else { return nil }
    return ServerMessage(
      sqlState: sqlState, message: field(.message) ?? "", detail: field(.detail), hint: field(.hint),
      schema: field(.schema), table: field(.table), column: field(.column), constraint: field(.constraint))
  }

  var status: ExecStatusType { PQresultStatus(handle) }

  /// The server ends the connection with this error.
  var isFatal: Bool { field(.severity) == "FATAL" || field(.severity) == "PANIC" }

  /// A plan does not suit the schema any more, or the session has lost its prepared statements.
  var isStalePlan: Bool {
    switch field(.sqlState) {
    case "26000": true
    case "0A000": field(.sourceFunction) == "RevalidateCachedQuery"
    default: false
    }
  }

  var errorText: String {
    withExtendedLifetime(self) { String(cString: PQresultErrorMessage(handle)).inOneLine }
  }

  private func field(_ field: Field) -> String? {
    withExtendedLifetime(self) {
      PQresultErrorField(handle, Int32(field.rawValue.value)).map { String(cString: $0) }
    }
  }
}
