extension BookingsFile {
  /// Writes rows so that ``decode(_:source:restaurants:)`` reads the same ones again, lines aside. Optional columns that
  /// no row uses are left out; lines end in LF.
  public static func encode(_ rows: [BookingRow]) -> [UInt8] {
    let columns = Column.allCases.filter { column in
      column.isRequired || rows.contains(where: { !field(column, of: $0).isEmpty })
    }
    var text = columns.map(\.rawValue).joined(separator: ",") + "\n"
    for row in rows {
      text += columns.map { quotedIfNeeded(field($0, of: row)) }.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  private static func field(_ column: Column, of row: BookingRow) -> String {
    switch column {
    case .bookingID: row.bookingID.rawValue
    case .restaurantID: row.restaurantID.rawValue
    case .date: row.date.description
    case .startTime: LocalTime(minuteOfDay: row.startMinute)?.description ?? ""
    case .partySize: "\(row.party)"
    case .durationMinutes: row.durationMinutes.map { "\($0)" } ?? ""
    case .service: row.service ?? ""
    case .zone: row.zone ?? ""
    case .tags: row.tags.sorted().joined(separator: ";")
    case .createdAt: row.createdAt?.description ?? ""
    }
  }

  private static func quotedIfNeeded(_ field: String) -> String {
    let special: Set<Character> = [",", "\"", "\n", "\r", "\r\n"]
    guard field.contains(where: special.contains) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
