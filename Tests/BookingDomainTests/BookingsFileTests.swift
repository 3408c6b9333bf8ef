import BookingDomain
import Testing

struct BookingsFileTests {
  static let header = "booking_id,restaurant_id,date,start_time,party_size"

  static func decode(_ text: String) throws -> [BookingRow] {
    let restaurants = [try TestData.annotated(), try TestData.whiteHorse()]
    return try BookingsFile.decode(
      Array(text.utf8), source: "b.csv", restaurants: Dictionary(uniqueKeysWithValues: restaurants.map { ($0.id, $0) }))
  }

  @Test func decode_requiredColumns_readsARow() throws {
    let rows = try Self.decode(Self.header + "\nB1,annotated,2026-12-04,19:00,4\n")
    let row = BookingRow(
      bookingID: "B1", restaurantID: "annotated", date: try TestData.date("2026-12-04"), startMinute: 1140, party: 4,
      line: 2)
    #expect(rows == [row])
    #expect(row.start(in: try TestData.annotated().calendar) == (try TestData.time("2026-12-04T19:00:00Z")))
  }

  @Test func decode_allColumnsInAnyOrder_toleratesMarkQuotesAndLineEnds() throws {
    let text =
      "\u{FEFF}tags,created_at,zone,service,duration_minutes,party_size,start_time,date,restaurant_id,booking_id\r\n"
      + "\"window; quiet accessible\",2026-12-01T10:00:00+01:00,\"Terrace\",Dinner,90,2,23:59,2026-12-04,annotated, B-1 \r\n"
      + "\r\n,,,,,3,00:00,2026-12-05,annotated,B-2"
    let rows = try Self.decode(text)
    #expect(rows.count == 2)
    #expect(rows[0].tags == ["window", "quiet", "accessible"])
    #expect(rows[0].wishes == SeatingWishes(zone: "Terrace", tags: ["window", "quiet"], needs: [.accessible]))
    #expect(rows[0].createdAt == (try TestData.time("2026-12-01T09:00:00Z")))
    #expect(rows[0].service == "Dinner" && rows[0].durationMinutes == 90 && rows[0].bookingID == "B-1")
    #expect(rows[1].line == 4 && rows[1].zone == nil && rows[1].tags.isEmpty)
  }

  @Test(arguments: [
    (
      "B1,nowhere,2026-12-04,19:00,2",
      "line 2, column 2 (restaurant_id): \"nowhere\" is no restaurant given; allowed: annotated, white-horse-waterbeach"
    ),
    ("B1,anotated,2026-12-04,19:00,2", "did you mean \"annotated\"?"),
    ("B1,annotated,2026-02-30,19:00,2", "line 2, column 3 (date): \"2026-02-30\" is not a date"),
    (
      "B1,annotated,2026-12-04,24:00,2",
      "line 2, column 4 (start_time): \"24:00\" is not a time of day; allowed: HH:MM, 00:00 to 23:59"
    ),
    (
      "B1,annotated,2026-12-04,19:00,two",
      "line 2, column 5 (party_size): \"two\" is not a whole number; allowed: 1 to 500"
    ),
    ("B1,annotated,2026-12-04,19:00,0", "\"0\" is out of range; allowed: 1 to 500"),
    ("B1,annotated,2026-12-04,19:00,-2", "\"-2\" is out of range"),
    ("B1,annotated,2026-12-04,19:00,99999999999999999999", "is out of range"),
    ("B1,annotated,2026-12-04,19:00,", "line 2, column 5 (party_size): is empty; allowed: 1 to 500"),
    ("B1,annotated,2026-12-04,19:00", "line 2: a row of 4 has not the fields of the header; allowed: 5 fields"),
    ("B 1,annotated,2026-12-04,19:00,2", "line 2, column 1 (booking_id): \"B 1\" is no identifier"),
    ("\"B1,annotated,2026-12-04,19:00,2", "line 2, column 1: has no closing quote"),
    ("\"B1\"x,annotated,2026-12-04,19:00,2", "line 2, column 1: goes on after its closing quote"),
    ("B1,ann\"otated,2026-12-04,19:00,2", "line 2, column 2: has a quote inside"),
    (
      "B1,annotated,2026-12-04,19:00,2\nB1,annotated,2026-12-04,20:00,2",
      "line 3, column 1 (booking_id): \"B1\" occurs on line 2 too"
    ),
  ])
  func decode_wrongRow_namesLineAndColumn(row: String, expected: String) throws {
    let error = try #require(throws: InputProblems.self) { try Self.decode(Self.header + "\n" + row + "\n") }
    #expect(error.problems.count == 1)
    #expect(error.description.hasPrefix("b.csv: line") && error.description.contains(expected), "\(error)")
  }

  @Test(arguments: [
    ("duration_minutes", "0", "\"0\" is out of range; allowed: 1 to 1440"),
    (
      "service", "Diner",
      "\"Diner\" is not one of the restaurant's; allowed: Dinner, Lunch, New Year; did you mean \"Dinner\"?"
    ),
    ("zone", "Garden", "\"Garden\" is not one of the restaurant's; allowed: Room, Terrace"),
    ("created_at", "2026-12-01", "\"2026-12-01\" is not a time; allowed: RFC 3339"),
    ("tags", String(repeating: "x ", count: 21), "has 21 tags; allowed: at most 20"),
    ("tags", "a\u{7}b", "has a tag that holds a control character"),
  ])
  func decode_wrongOptionalField_namesLineAndColumn(column: String, value: String, expected: String) throws {
    let text = Self.header + ",\(column)\nB1,annotated,2026-12-04,19:00,2,\(value)\n"
    let error = try #require(throws: InputProblems.self) { try Self.decode(text) }
    #expect(error.description.hasPrefix("b.csv: line 2, column 6 (\(column)): "), "\(error)")
    #expect(error.description.contains(expected), "\(error)")
  }

  @Test(arguments: [
    ("", "line 1: the file is empty"),
    ("booking_id,restaurant_id,date,start_time", "the column party_size is missing"),
    (header + ",durations", "\"durations\" is an unknown column"),
    (header + ",duration_minute", "did you mean \"duration_minutes\"?"),
    (header + ",date", "line 1, column 6: \"date\" occurs twice"),
    (String(repeating: ",", count: 200), "is one too many; allowed: at most 100 fields"),
  ])
  func decode_wrongHeader_isRefused(text: String, expected: String) throws {
    let error = try #require(throws: InputProblems.self) { try Self.decode(text) }
    #expect(error.description.contains(expected), "\(error)")
  }

  @Test func decode_headerAlone_isAnEmptyDay() throws { #expect(try Self.decode(Self.header).isEmpty) }

  @Test func decode_severalWrongRows_namesThemAll() throws {
    let rows = (0..<30).map { "B\($0),annotated,2026-12-04,19:00,\($0 % 2 == 0 ? "2" : "x")" }
    let error = try #require(throws: InputProblems.self) {
      try Self.decode(Self.header + "\n" + rows.joined(separator: "\n"))
    }
    #expect(error.problems.count == 15)
  }

  @Test func decode_moreThanFiveThousandRowsOfOneDate_isRefusedOnce() throws {
    let rows = (0..<5_003).map { "B\($0),annotated,2026-12-04,19:00,2" } + ["C,annotated,2026-12-05,19:00,2"]
    let error = try #require(throws: InputProblems.self) {
      try Self.decode(Self.header + "\n" + rows.joined(separator: "\n"))
    }
    #expect(error.problems.map(\.place) == ["line 5002, column 3 (date)"])
  }

  @Test func decode_invalidUTF8_namesTheByte() {
    let bytes = Array(Self.header.utf8) + [0x0A, 0xFF]
    let error = #expect(throws: InputProblems.self) {
      try BookingsFile.decode(bytes, source: "b.csv", restaurants: [:])
    }
    #expect(error?.description == "b.csv: byte 52: 0xFF is not UTF-8; allowed: UTF-8 text")
  }

  @Test func encode_randomRows_readBackTheSame() throws {
    var random = SeededGenerator(state: 6)
    let day = try TestData.date("2026-12-04")
    let rows = (0..<200).map { index in
      BookingRow(
        bookingID: BookingID("B-\(index)"), restaurantID: index % 3 == 0 ? "white-horse-waterbeach" : "annotated",
        date: day.adding(days: Int.random(in: 0...40, using: &random)),
        startMinute: Int.random(in: 0...1439, using: &random), party: Int.random(in: 1...500, using: &random),
        durationMinutes: index % 2 == 0 ? Int.random(in: 1...1440, using: &random) : nil,
        service: index % 4 == 0 ? "Dinner" : nil, zone: index % 3 == 0 ? "Main Bar" : nil,
        tags: index % 5 == 0 ? ["window", "a,b", "say\"hi\""] : [],
        createdAt: index % 7 == 0
          ? Timestamp(microseconds: Int64.random(in: 0...4_000_000_000_000_000, using: &random)) : nil,
        line: index + 2)
    }
    let text = String(decoding: BookingsFile.encode(rows), as: UTF8.self)
    #expect(try Self.decode(text) == rows)
    #expect(text.hasPrefix(Self.header + ",duration_minutes,service,zone,tags,created_at\n"))
  }

  @Test func encode_unusedOptionalColumns_areLeftOut() throws {
    let rows = try Self.decode(Self.header + "\nB1,annotated,2026-12-04,19:00,4\n")
    #expect(
      String(decoding: BookingsFile.encode(rows), as: UTF8.self) == Self.header + "\nB1,annotated,2026-12-04,19:00,4\n")
  }
}
