import Foundation
import Testing

@testable import PostgresClient

/// Columns are read by their types.
@Suite struct ColumnTests {
  @Test func numbers_ofAllWidths_areRead() async throws {
    try await withPool { pool in
      let row = try await pool.query(
        "SELECT 7::int2, -7::int4, 7::int8, 7::oid, 1.5::float4, sum(x), ARRAY[1, 2]::int2[], ARRAY[3, NULL]::int4[]"
          + " FROM (VALUES (5::int8), (6)) AS v(x)")[0]
      #expect((0..<4).map(row.int) == [7, -7, 7, 7])
      #expect(row.double(4) == 1.5)
      #expect(row.int(5) == 11)
      #expect(row.ints(6) == [1, 2])
      #expect(row.ints(7) == [3, nil])
    }
  }

  @Test(
    arguments: [
      "0", "0.00", "1", "-1", "0.5", "-0.0001", "10000", "100000000.00001", "12345678901234567890.123456789", "9999",
      "10000.0000", "0.00000000000001", "NaN", "Infinity", "-Infinity", "1000000000000000000000000",
    ])
  func numeric_anyNumber_isTheServersText(number: String) async throws {
    try await withPool { pool in
      let row = try await pool.query("SELECT $1::numeric, $1::numeric::text", [.text(number)])[0]
      #expect(row.text(0) == row.text(1))
      let double = row.double(0)
      #expect(double == Double(number) || double.isNaN && number == "NaN")
    }
  }

  @Test func texts_ofAllKinds_areRead() async throws {
    try await withDatabase("CREATE TYPE colour AS ENUM ('red', 'green'); CREATE DOMAIN code AS text") { pool in
      let row = try await pool.query(
        "SELECT 'red'::colour, ARRAY['green', NULL]::colour[], 'x'::code, 'n'::name, 'ab'::char(3), 'lit'")[0]
      #expect(row.text(0) == "red")
      #expect(row.texts(1) == ["green", nil])
      #expect((2..<6).map(row.text) == ["x", "n", "ab ", "lit"])
    }
  }

  @Test func result_ofSeveralRows_isACollection() async throws {
    try await withPool { pool in
      let rows = try await pool.query("SELECT x AS number FROM generate_series(1, 5) AS x")
      #expect(rows.map { $0.int(0) } == [1, 2, 3, 4, 5])
      #expect(rows.last?.int(0) == 5)
      #expect(rows.columnName(0) == "number")
      #expect(rows.affectedRows == 5)
    }
  }

  @Test func affectedRows_ofAllKindsOfStatements_areCounted() async throws {
    try await withDatabase("CREATE TABLE t (x int8)") { pool in
      let results = try await pool.pipeline([
        PostgresStatement("INSERT INTO t SELECT generate_series(1, 4)"),
        PostgresStatement("UPDATE t SET x = x + 1 WHERE x > $1", [.int(2)]),
        PostgresStatement("DELETE FROM t WHERE x = 100"), PostgresStatement("CREATE TABLE u (x int8)"),
        PostgresStatement(""),
      ])
      #expect(results.map(\.affectedRows) == [4, 2, 0, 0, 0])
      #expect(results.allSatisfy { $0.isEmpty })
    }
  }

  @Test func cell_ofAnotherType_traps() async {
    await #expect(processExitsWith: .failure) {
      withUnsafeBytes(of: UInt64(7)) { bytes in
        _ = PostgresCell(column: 0, type: PostgresType.int8, bytes: bytes).text()
      }
    }
  }

  @Test func cell_shorterThanItsType_traps() async {
    await #expect(processExitsWith: .failure) {
      withUnsafeBytes(of: UInt16(7)) { bytes in
        _ = PostgresCell(column: 0, type: PostgresType.int8, bytes: bytes).int64()
      }
    }
  }
}
