import BookingDomain
import Testing

/// One thing wrong at a time: which place is named, and how.
struct RestaurantFileProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var pointer: String
    var json: String
    var place: String
    var message: String

    /// - Parameters:
    ///   - json: put at `pointer`; empty removes what is there.
    ///   - place: where the problem is reported, if not at `pointer`.
    init(_ pointer: String, _ json: String, at place: String? = nil, _ message: String) {
      self.pointer = pointer
      self.json = json
      self.place = place ?? pointer
      self.message = message
    }

    var testDescription: String { "\(pointer) = \(json)" }
  }

  static let scalars = [
    Case("/id", "", "is missing; allowed: 1 to 64 of A-Z"),
    Case("/id", "null", "is missing"),
    Case("/id", "7", "7 is not a text; allowed: a text of 1 to 64 characters"),
    Case("/id", #""white horse""#, "\"white horse\" is no identifier"),
    Case("/id", #""..""#, "is no identifier"),
    Case("/id", "\"\(String(repeating: "x", count: 65))\"", "has 65 characters"),
    Case("/name", #""""#, "\"\" is empty"),
    Case("/name", "\"\(String(repeating: "x", count: 201))\"", "has 201 characters"),
    Case("/name", #""a\u0007b""#, #""a\u{0007}b" holds a control character"#),
    Case("/name", #"" a""#, "begins or ends with a space"),
    Case("/timezone", #""Europe/Londn""#, "is not a known time zone; allowed: an IANA time zone"),
    Case("/timezone", #""Europe/Londn""#, "did you mean \"Europe/London\"?"),
    Case("/timezone", #""Kathmandu""#, "did you mean \"Asia/Kathmandu\"?"),
    Case("/automation", #""automatic""#, "is not known; allowed: auto, suggest, mandatory; did you mean \"auto\"?"),
    Case("/booking_interval_minutes", "0", "0 is out of range; allowed: 1 to 1440"),
    Case("/booking_interval_minutes", "7.5", "7.5 is not a whole number"),
    Case("/booking_interval_minutes", "1e999999999999", "is out of range"),
    Case("/booking_interval_minutes", "99999999999999999999999", "is out of range"),
    Case("/buffers/after_minutes", "-1", "-1 is out of range; allowed: 0 to 720"),
    Case("/buffers", "[]", "a list is no object; allowed: an object with before_minutes, after_minutes"),
    Case("/pacing/interval_minutes", "", "is missing; allowed: 1 to 1440"),
    Case("/combining/require_adjacency", #""yes""#, "\"yes\" is neither true nor false"),
    Case("/combining/max_tables", "0", "0 is out of range; allowed: 1 to 20"),
    Case("/holds/ttl_seconds", "0", "out of range"),
    Case("/review/decline_before_minutes", "180", "would decline before the alert"),
    Case("/optimisation/churn", "3", "is an unknown key"),
    Case("/bookng_interval_minutes", "5", "did you mean \"booking_interval_minutes\"?"),
    Case("/a~b", "1", at: "/a~0b", "is an unknown key"),
  ]

  static let hours = [
    Case(
      "/opening_hours/0/days/2", #""monday""#,
      "is not a weekday; allowed: mon, tue, wed, thu, fri, sat, sun; did you mean \"mon\"?"),
    Case("/opening_hours/0/days/2", #""mon""#, "occurs twice"),
    Case("/opening_hours/0/days", "[]", "a list of 0 has the wrong length; allowed: 1 to 7"),
    Case("/opening_hours/0/open", #""24:00""#, "is not a time of day; allowed: HH:MM, 00:00 to 23:59"),
    Case("/opening_hours/0/open", #""9:00""#, "is not a time of day"),
    Case("/opening_hours/0/close", #""24:30""#, "is not a time of day; allowed: HH:MM, 00:00 to 24:00"),
    Case("/opening_hours", "{}", "an object is not a list"),
    Case("/service_periods/0/kind", "", "is missing"),
    Case("/service_periods/1/turn_bands", "[]", "wrong length"),
    Case(
      "/service_periods/1/turn_bands/1/max_party", "2",
      "2 is not above that of the band before it; allowed: more than 2"),
    Case("/service_periods/1/turn_bands/1/minutes", "1441", "out of range"),
    Case("/exceptions/0/date", #""2026-02-30""#, "is not a date"),
    Case("/exceptions/1/date", #""2026-12-25""#, "occurs twice"),
    Case("/exceptions/1/close", "", "is missing"),
    Case("/exceptions/1/closed", "true", "contradicts the hours"),
    Case("/exceptions/1/service_periods/0/days", #"["mon"]"#, "is an unknown key"),
    Case(
      "/demand/0/service", #""Diner""#,
      "is no service of this file; allowed: Dinner, Lunch, New Year; did you mean \"Dinner\"?"),
    Case("/demand/0/party_sizes/2", "0.5", at: "/demand/0/party_sizes", "a sum of 0.95 is not 1"),
    Case("/demand/0/party_sizes/02", "0.1", "is not a party size"),
    Case("/demand/0/party_sizes/2", #""half""#, "is not a number"),
    Case("/demand/0/party_sizes", "{}", "has no shares"),
  ]

  static let floor = [
    Case("/zones", "[]", "wrong length"),
    Case("/zones/1/name", #""Room""#, "\"Room\" occurs twice"),
    Case("/tables", "[]", "wrong length"),
    Case("/tables", "", "is missing; allowed: a list of 1 to 500"),
    Case("/tables/3/capacity", #""two""#, "\"two\" is not a whole number; allowed: 1 to 100"),
    Case("/tables/3/capacity", "", "is missing; allowed: 1 to 100"),
    Case("/tables/3/number", #""1""#, "\"1\" occurs twice"),
    Case("/tables/3/zone", #""Terace""#, "is no zone of this file; allowed: Room, Terrace; did you mean \"Terrace\"?"),
    Case("/tables/3/min_party", "7", "7 is above the largest party; allowed: at most max_party, 6"),
    Case("/tables/3/capcity", "7", "did you mean \"capacity\"?"),
    Case("/tables/0/mobility", #""moveable""#, "did you mean \"movable\"?"),
    Case("/tables/0/tags", #"["window", "window"]"#, at: "/tables/0/tags/1", "occurs twice"),
    Case("/tables/0/tags/0", "5", "5 is not a text"),
    Case("/tables/0/position/x", "1e400", "is out of range"),
    Case("/tables/0/position/y", "", "is missing"),
    Case("/tables/0/position/shape", #""oval""#, "allowed: square, rectangle, round"),
    Case("/tables/0/active", "1", "1 is neither true nor false"),
    Case("/adjacency/0", #"["1", "1"]"#, "table \"1\" is paired with itself"),
    Case("/adjacency/0", #"["1"]"#, "a list of 1 has the wrong length; allowed: 2"),
    Case(
      "/adjacency/0", #"["1", "T11"]"#, at: "/adjacency/0/1",
      "\"T11\" is no table of this file; allowed: 1, 2, 3, T1; did you mean \"T1\"?"),
    Case(
      "/combinations/0/tables", #"["1", "T1"]"#, "a list over Room, Terrace spans zones; allowed: tables of one zone"),
    Case("/combinations/0/tables", #"["1", "1"]"#, at: "/combinations/0/tables/1", "occurs twice"),
    Case("/combinations/0/tables", #"["1"]"#, "wrong length"),
    Case(
      "/combining/max_tables", "2", at: "/combinations/0/tables",
      "a list of 3 joins more tables than max_tables; allowed: at most 2, as combining/max_tables says"),
    Case("/combinations/0/max_party", "9", "9 is above the seats of its tables; allowed: at most 8"),
    Case("/combinations/0/min_party", "9", "9 is above max_party; allowed: at most 8"),
    Case("/blocks/0/tables", "[]", "wrong length"),
    Case("/blocks/0/tables/0", #""9""#, "is no table of this file"),
    Case("/blocks/0/from", #""2026-12-24 17:00""#, "is not a time"),
    Case("/blocks/0/to", #""2026-12-24T17:00""#, "is not after from"),
  ]

  @Test(arguments: scalars + hours + floor)
  func decode_oneThingWrong_namesThePlace(_ example: Case) throws {
    let value = example.json.isEmpty ? nil : try JSONTree.parse(Array(example.json.utf8), source: "case")
    let tree = try JSONTree.parse(TestData.annotatedBytes(), source: "a").setting(example.pointer, to: value)
    let error = try #require(throws: InputProblems.self) {
      try RestaurantFile.decode(JSONWriter.write(tree), source: "a.json")
    }
    let expected = "a.json: \(example.place): "
    #expect(
      error.problems.contains { $0.description.hasPrefix(expected) && $0.description.contains(example.message) },
      "\(error)")
  }

  @Test func decode_manyThingsWrong_namesThemAll() throws {
    var tree = try JSONTree.parse(TestData.annotatedBytes(), source: "a")
    let wrong = [
      "/name", "/tables/0/capacity", "/tables/1/capacity", "/exceptions/0/date", "/blocks/0/from",
      "/combining/max_tables",
    ]
    for pointer in wrong { tree = tree.setting(pointer, to: JSONTree(.bool(true))) }
    let error = try #require(throws: InputProblems.self) {
      try RestaurantFile.decode(JSONWriter.write(tree), source: "a.json")
    }
    // And nothing that only follows from them, such as a combination with too few seats.
    #expect(Set(error.problems.map(\.place)) == Set(wrong))
  }

  @Test(arguments: [
    "/zones/0/name", "/tables/0/number", "/service_periods/1/name", "/service_periods/1/start", "/timezone",
  ])
  func decode_wrongName_saysNothingOfWhatRefersToIt(pointer: String) throws {
    let tree = try JSONTree.parse(TestData.annotatedBytes(), source: "a").setting(pointer, to: JSONTree(.bool(true)))
    let error = try #require(throws: InputProblems.self) {
      try RestaurantFile.decode(JSONWriter.write(tree), source: "a.json")
    }
    #expect(error.problems.map(\.place) == [pointer])
  }

  @Test func decode_moreThanFiveHundredTables_isRefused() throws {
    let table = try JSONTree.parse(Array(#"{"number": "1", "zone": "Room", "capacity": 2}"#.utf8), source: "t")
    let tree = try JSONTree.parse(TestData.annotatedBytes(), source: "a")
      .setting("/tables", to: JSONTree(.array(Array(repeating: table, count: 501))))
    let error = try #require(throws: InputProblems.self) {
      try RestaurantFile.decode(JSONWriter.write(tree), source: "a.json")
    }
    #expect(
      error.problems.map(\.description) == ["a.json: /tables: a list of 501 has the wrong length; allowed: 1 to 500"])
  }

  @Test func description_moreThanTwentyProblems_showsTwentyAndCountsTheRest() throws {
    let keys = (0..<1_100).map { JSONTree.Member("unknown\($0)", JSONTree(.null)) }
    let error = try #require(throws: InputProblems.self) {
      try RestaurantFile.decode(JSONWriter.write(JSONTree(.object(keys))), source: "a.json")
    }
    let lines = error.description.split(separator: "\n")
    #expect(lines.count == 21)
    // 1,100 unknown keys and the five that are missing.
    #expect(lines.last == "and 1085 more")
    #expect(error.problems.count == ProblemCollector.limit)
  }

  @Test func decode_keyTwice_namesTheSecondPlace() throws {
    let text = "{\"id\": \"a\",\n  \"id\": \"b\"}"
    let error = try #require(throws: InputProblems.self) {
      try RestaurantFile.decode(Array(text.utf8), source: "a.json")
    }
    #expect(
      error.problems.map(\.description).contains(
        "a.json: /id: occurs a second time at line 2, column 3; allowed: each key once"))
  }
}
