/// The bookings file: CSV with a header, one guest's booking a row, in the order in which they came in.
public enum BookingsFile {
  /// A column of the file.
  public enum Column: String, CaseIterable, Sendable {
    case bookingID = "booking_id"
    case restaurantID = "restaurant_id"
    case date
    case startTime = "start_time"
    case partySize = "party_size"
    case durationMinutes = "duration_minutes"
    case service, zone, tags
    case createdAt = "created_at"

    /// Whether every file must have it.
    public var isRequired: Bool {
      switch self {
      case .bookingID, .restaurantID, .date, .startTime, .partySize: true
      case .durationMinutes, .service, .zone, .tags, .createdAt: false
      }
    }
  }

  /// Bytes that are read; about two million rows.
  public static let byteLimit = 256 * 1024 * 1024

  /// Reads bookings.
  /// - Parameters:
  ///   - source: name of the file for messages.
  ///   - restaurants: those that rows may name.
  /// - Throws: everything that is wrong with the rows, or one problem if it is no CSV or its header is wrong.
  public static func decode(
    _ bytes: [UInt8], source: String, restaurants: [RestaurantID: Restaurant]
  ) throws(InputProblems) -> [BookingRow] {
    let text = try TextInput.check(bytes, source: source, limit: byteLimit)
    let problems = ProblemCollector(source: source)
    var records = CSVReader(text)
    let columns = header(&records, problems)
    try problems.throwIfAny()
    var reader = BookingRowReader(columns: columns, restaurants: restaurants, problems: problems)
    var rows: [BookingRow] = []
    while let record = next(&records, problems) {
      if let row = reader.read(record) { rows.append(row) }
    }
    try problems.throwIfAny()
    return rows
  }

  private static func header(_ records: inout CSVReader, _ problems: ProblemCollector) -> [Column] {
    if let record = next(&records, problems) { return BookingsHeader.read(record, problems) }
    if problems.isEmpty { problems.add("line 1", "the file is empty", allowed: "a header line: \(required)") }
    return []
  }

  /// The next record; nil at the end, and after a fault, which is reported: what follows it cannot be trusted.
  private static func next(_ records: inout CSVReader, _ problems: ProblemCollector) -> CSVReader.Record? {
    do {
      return try records.next()
    } catch {
      problems.add("line \(error.line), column \(error.field)", error.message, allowed: error.allowed)
      return nil
    }
  }

  static let required = Column.allCases.filter(\.isRequired).map(\.rawValue).joined(separator: ",")
}

/// The header line of a bookings file.
enum BookingsHeader {
  /// The columns in the file's order; problems are reported.
  static func read(_ header: CSVReader.Record, _ problems: ProblemCollector) -> [BookingsFile.Column] {
    let known = BookingsFile.Column.allCases.map(\.rawValue)
    var columns: [BookingsFile.Column] = []
    for (index, field) in header.fields.enumerated() {
      let name = field.trimmedOfSpaces
      let place = "line \(header.line), column \(index + 1)"
      guard let column = BookingsFile.Column(rawValue: name) else {
        problems.add(
          place, value: ValueExcerpt.quoted(name), "is an unknown column", allowed: known.joined(separator: ", "),
          suggestion: Spelling.closest(to: name, in: known))
        continue
      }
      if columns.contains(column) {
        problems.add(place, value: ValueExcerpt.quoted(name), "occurs twice", allowed: "each column once")
      }
      columns.append(column)
    }
    for column in BookingsFile.Column.allCases where column.isRequired && !columns.contains(column) {
      problems.add("line \(header.line)", "the column \(column.rawValue) is missing", allowed: BookingsFile.required)
    }
    return columns
  }
}

extension String {
  /// This text without spaces and tabs at its ends.
  var trimmedOfSpaces: String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}
