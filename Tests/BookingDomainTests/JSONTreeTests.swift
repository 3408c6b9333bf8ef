import BookingDomain
import Testing

struct JSONTreeTests {
  static func parse(_ text: String) throws -> JSONTree { try JSONTree.parse(Array(text.utf8), source: "t.json") }

  @Test func parse_allKindsOfValues_keepsThemAndTheirPlaces() throws {
    let tree = try Self.parse("{\"é\": [1, -2.5e3, true],\n \"b\": {\"c\": null}}")
    guard case .object(let members) = tree.value, case .array(let list) = members[0].value.value else {
      Issue.record("not an object with a list: \(tree)")
      return
    }
    #expect(list.map(\.value) == [.number("1"), .number("-2.5e3"), .bool(true)])
    #expect(list[0].position == TextPosition(line: 1, column: 8))
    #expect(members[1].keyPosition == TextPosition(line: 2, column: 2))
    #expect(
      members[1].value.value
        == .object([
          .init(
            "c", JSONTree(.null, at: TextPosition(line: 2, column: 13)), keyPosition: TextPosition(line: 2, column: 8))
        ]))
  }

  @Test func parse_escapes_areResolved() throws {
    #expect(try Self.parse(#""\"\\\/\b\f\n\r\té😀""#).value == .string("\"\\/\u{8}\u{C}\n\r\té😀"))
    #expect(try Self.parse("\u{FEFF}\"ok\"").value == .string("ok"))
  }

  @Test(arguments: [
    ("", "line 1, column 1: the text ends too early"),
    ("{\n  \"a\": 1,\n}", "line 3, column 1: \"}\" is not a key"),
    ("[1 2]", "line 1, column 4: \"2\" is not expected in a list"),
    ("{\"a\" 1}", "line 1, column 6: \"1\" is not expected after a key"),
    ("{\"é\" 1}", "line 1, column 6: \"1\" is not expected after a key"),
    ("{\"a\": 1} x", "line 1, column 10: \"x\" is not expected here"),
    ("[01]", "line 1, column 3: \"1\" follows a leading zero"),
    ("[1.]", "line 1, column 4: \"]\" is no digit"),
    ("[.5]", "line 1, column 2: \".\" is no JSON value"),
    ("[NaN]", "line 1, column 2: \"N\" is no JSON value"),
    ("[+1]", "is no JSON value"),
    ("\"abc", "line 1, column 5: the text ends too early"),
    ("\"a\tb\"", "line 1, column 3: \"\\t\" is a control character"),
    (#""\x""#, "is no escape"),
    (#""\ud800""#, "follows half of a surrogate pair"),
    (#""\udc00""#, "follows half of a surrogate pair"),
    (#""\ud800A""#, "follows half of a surrogate pair"),
    (#""\u12G4""#, "is not the beginning of 4 hexadecimal digits"),
    ("{'a': 1}", "\"'\" is not a key"),
    ("tru", "is no JSON value"),
  ])
  func parse_syntaxError_namesLineAndColumn(text: String, expected: String) throws {
    let error = try #require(throws: InputProblems.self) { try Self.parse(text) }
    #expect(error.problems.count == 1)
    #expect(error.description.contains(expected), "\(error)")
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC3, 0x22], 1), ([0x22, 0xE2, 0x82], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
      ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0x61, 0xF4, 0x90, 0x80, 0x80], 2), ([0x80], 0),
    ] as [([UInt8], Int)])
  func parse_invalidUTF8_namesTheByte(bytes: [UInt8], offset: Int) throws {
    let error = try #require(throws: InputProblems.self) { try JSONTree.parse(bytes, source: "t.json") }
    #expect(error.description.hasPrefix("t.json: byte \(offset): 0x"), "\(error)")
  }

  @Test func parse_deepNesting_isRefused() throws {
    for open in ["[", "{\"a\":"] {
      let text = String(repeating: open, count: 100_000)
      let error = try #require(throws: InputProblems.self) { try Self.parse(text) }
      #expect(error.description.contains("is nested too deeply; allowed: at most 32 levels"))
    }
    let allowed = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(throws: Never.self) { try Self.parse(allowed) }
  }

  @Test func write_thenParse_givesTheSameValues() throws {
    for name in ["annotated.restaurant.json", "white-horse-waterbeach.restaurant.json"] {
      let tree = try JSONTree.parse(TestData.file(name), source: name)
      let again = JSONWriter.write(try JSONTree.parse(JSONWriter.write(tree), source: name))
      #expect(again == JSONWriter.write(tree))
      #expect(String(decoding: again, as: UTF8.self).split(separator: "\n").allSatisfy { $0.count <= 120 })
    }
  }
}

struct SpellingTests {
  @Test(
    arguments: [
      ("capcity", "capacity"), ("Capacity", "capacity"), ("capacityy", "capacity"), ("acpacity", "capacity"),
      ("monday", "mon"), ("xyz", nil), ("", nil), (String(repeating: "c", count: 100_000), nil),
    ] as [(String, String?)])
  func closest_misspeltName_findsWhatWasMeant(name: String, expected: String?) {
    #expect(Spelling.closest(to: name, in: ["mon", "tue", "capacity", "max_party"]) == expected)
  }
}

struct ValueExcerptTests {
  @Test func quoted_hostileText_isEscapedAndShort() {
    #expect(ValueExcerpt.quoted("a\u{1B}[31m\n\u{202E}b\u{200B}") == #""a\u{001b}[31m\n\u{202e}b\u{200b}""#)
    #expect(ValueExcerpt.quoted("Café 日本") == "\"Café 日本\"")
    let long = ValueExcerpt.quoted(String(repeating: "\u{301}x", count: 100_000))
    #expect(long.unicodeScalars.count <= ValueExcerpt.limit)
    #expect(long.hasSuffix("…\""))
  }
}
