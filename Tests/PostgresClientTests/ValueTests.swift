import Foundation
import PostgresClient
import Testing

/// What goes to the server comes back as it was.
@Suite struct ValueTests {
  private func echo(_ value: PostgresValue, as type: String) async throws -> PostgresRow {
    try await withPool { try await $0.query("SELECT $1::\(type)", [value])[0] }
  }

  @Test(
    arguments: [
      "", "a", "Grüße, 你好 🍷", "'; DROP TABLE x; --", "\\x00 \n\t\"", String(repeating: "x", count: 100_000),
    ])
  func text_anyContent_comesBack(text: String) async throws {
    for type in ["text", "varchar"] {
      #expect(try await echo(.text(text), as: type).text(0) == text)
    }
    #expect(try await echo(.texts([text]), as: "text[]").texts(0) == [text])
    #expect(try await echo(.bytes(Array(text.utf8)), as: "bytea").bytes(0) == Array(text.utf8))
  }

  @Test(arguments: [0, 1, -1, 255, 65_536, .max, .min] as [Int64])
  func int_anyNumber_comesBack(number: Int64) async throws {
    let row = try await echo(.int(number), as: "int8")
    #expect(row.int64(0) == number)
    #expect(row.optionalInt64(0) == number)
    #expect(row.int(0) == Int(number))
  }

  @Test(arguments: [0, -0.0, 1.5, -1e300, .infinity, -.infinity, .leastNonzeroMagnitude, .pi])
  func double_anyNumber_comesBackBitForBit(number: Double) async throws {
    #expect(try await echo(.double(number), as: "float8").double(0).bitPattern == number.bitPattern)
  }

  @Test func double_notANumber_comesBackAsSuch() async throws {
    #expect(try await echo(.double(.nan), as: "float8").double(0).isNaN)
  }

  @Test(arguments: [true, false])
  func bool_both_comeBack(flag: Bool) async throws {
    #expect(try await echo(.bool(flag), as: "bool").bool(0) == flag)
  }

  @Test(arguments: [[], [0], [0, 1, 255], [UInt8](repeating: 0, count: 70_000)] as [[UInt8]])
  func bytes_anyContent_comeBack(bytes: [UInt8]) async throws {
    let row = try await echo(.bytes(bytes), as: "bytea")
    #expect(!row.isNull(0))
    #expect(row.bytes(0) == bytes)
    #expect(row.optionalBytes(0) == bytes)
  }

  @Test(arguments: [0, 1, -1, 1_780_315_200_123_456, -62_135_596_800_000_000, .max, .min] as [Int64])
  func timestamp_anyTime_comesBackToTheMicrosecond(time: Int64) async throws {
    #expect(try await echo(.timestamp(microseconds: time), as: "timestamptz").timestamp(0) == time)
  }

  @Test func timestamp_asTextOnTheServer_isTheTimeInUTC() async throws {
    try await withPool { pool in
      let rows = try await pool.query(
        "SELECT to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), $2::timestamptz = 'infinity'",
        [.timestamp(microseconds: 1_780_315_200_123_456), .timestamp(microseconds: .max)])
      #expect(rows[0].text(0) == "2026-06-01 12:00:00.123456")
      #expect(rows[0].bool(1))
    }
  }

  @Test func timestamp_beyondTheServersRange_isRefused() async throws {
    let error = await failure { try await echo(.timestamp(microseconds: .min + 2), as: "timestamptz") }
    #expect(error?.sqlState == "22008")
  }

  @Test func arrays_withNullsAndWithout_comeBack() async throws {
    try await withPool { pool in
      let row = try await pool.query(
        "SELECT $1, $2, $3, $4",
        [
          .texts(["a", nil, "", "ä,{}\"\\"]), .ints([.min, nil, .max]), .bools([true, nil, false]),
          .timestamps([0, nil, .max, .min, -1]),
        ])[0]
      #expect(row.texts(0) == ["a", nil, "", "ä,{}\"\\"])
      #expect(row.ints(1) == [.min, nil, .max])
      #expect(row.bools(2) == [true, nil, false])
      #expect(row.timestamps(3) == [0, nil, .max, .min, -1])
    }
  }

  @Test func arrays_empty_comeBackEmptyNotNull() async throws {
    try await withPool { pool in
      let row = try await pool.query(
        "SELECT $1, $2, $3, $4", [.texts([]), .ints([]), .bools([]), .timestamps([])])[0]
      #expect(!row.isNull(0))
      #expect(row.texts(0) == [])
      #expect(row.ints(1) == [])
      #expect(row.bools(2) == [])
      #expect(row.timestamps(3) == [])
    }
  }

  @Test(arguments: ["text", "int8", "bool", "float8", "bytea", "timestamptz", "text[]", "jsonb"])
  func null_ofAnyType_isNull(type: String) async throws {
    let row = try await echo(.null, as: type)
    #expect(row.isNull(0))
  }

  @Test func optionals_ofNull_areNil() async throws {
    try await withPool { pool in
      let row = try await pool.query(
        "SELECT $1::text, $2::int8, $3::bool, $4::float8, $5::bytea, $6::timestamptz, $7::int4",
        Array(repeating: .null, count: 7))[0]
      #expect(row.optionalText(0) == nil)
      #expect(row.optionalInt64(1) == nil)
      #expect(row.optionalBool(2) == nil)
      #expect(row.optionalDouble(3) == nil)
      #expect(row.optionalBytes(4) == nil)
      #expect(row.optionalTimestamp(5) == nil)
      #expect(row.optionalInt(6) == nil)
    }
  }

  @Test func text_withoutTypeOfItsOwn_takesTheTypeOfItsPlace() async throws {
    try await withPool { pool in
      let row = try await pool.query(
        "SELECT $1::jsonb, $2::int4, $3::uuid::text, $4::json, $5::numeric",
        [
          .text(#"{"a": [1, null]}"#), .text("-7"), .text("6f0c2f0e-4c5e-4f55-8f2b-0a4a7c2b9d11"), .text("[ 1 ]"),
          .text("1.50"),
        ])[0]
      #expect(row.text(0) == #"{"a": [1, null]}"#)
      #expect(row.int(1) == -7)
      #expect(row.text(2) == "6f0c2f0e-4c5e-4f55-8f2b-0a4a7c2b9d11")
      #expect(row.text(3) == "[ 1 ]")
      #expect(row.text(4) == "1.50")
    }
  }

  @Test func text_withNull_isRefusedBeforeItIsSent() async throws {
    try await withPool { pool in
      let statements = [PostgresStatement("SELECT 1"), PostgresStatement("SELECT $1::text", [.text("a\0b")])]
      let error = await failure { try await pool.pipeline(statements) }
      #expect(error?.sqlState == "22021")
      #expect(error?.statementIndex == 1)
      #expect(pool.counts.lost == 0)
    }
  }

  @Test func values_moreThanTheProtocolCounts_areRefused() async throws {
    try await withPool { pool in
      let values = [PostgresValue](repeating: .bool(true), count: 65_536)
      let error = await failure { try await pool.query("SELECT $1", values) }
      #expect(error?.sqlState == "54023")
      #expect(pool.counts.lost == 0)
    }
  }
}
