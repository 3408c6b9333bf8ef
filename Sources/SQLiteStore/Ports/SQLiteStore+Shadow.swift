public import AssignmentStore
public import BookingDomain
import GRDB
import StoreFoundation

extension SQLiteStore: ShadowStore {
  public func appendShadow(_ batch: ShadowBatch) async throws(StoreError) {
    if batch.isEmpty { return }
    try checkReach()
    try await writer.writeBehind { write in
      for row in batch.comparisons { try write.session.run(ShadowSQL.insert, ShadowSQL.values(row)) }
      for late in batch.late {
        try write.session.run(
          "UPDATE shadow_comparisons SET legacy_late = 1 WHERE booking_id = ? AND legacy_tables IS NULL",
          [.text(late.bookingID)])
      }
      try EventWriter(session: write.session).append(batch.events)
    }
  }

  public func shadowComparison(
    of id: BookingID, in restaurant: RestaurantID
  ) async throws(StoreError) -> ShadowComparison? {
    try await read { session in
      try session.first(
        "SELECT \(ShadowSQL.columns) FROM shadow_comparisons WHERE booking_id = ? AND restaurant_id = ?",
        [.text(id), .text(restaurant)], ShadowSQL.comparison)
    }
  }
}

private enum ShadowSQL {
  static let columns = """
    restaurant_id, booking_id, created_at, verdict, legacy_outcome, v3_outcome, legacy_tables, v3_tables,
    legacy_spare_seats, v3_spare_seats, legacy_ms, v3_ms, legacy_late, noise_verdict
    """

  static let insert = """
    INSERT INTO shadow_comparisons (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (booking_id) DO NOTHING
    """

  static func values(_ row: ShadowComparison) -> [DatabaseValue] {
    [
      .text(row.restaurantID), .text(row.bookingID), .time(row.createdAt), .raw(row.verdict),
      .text(row.legacy.outcome), .text(row.v3.outcome), .text(row.legacy.tables.map(JSONText.tables)),
      .text(row.v3.tables.map(JSONText.tables)), .int(row.legacy.spareSeats), .int(row.v3.spareSeats),
      row.legacy.milliseconds?.databaseValue ?? .null, row.v3.milliseconds?.databaseValue ?? .null,
      .bool(row.legacyLate), .raw(row.noiseVerdict),
    ]
  }

  static func comparison(_ row: Row) throws -> ShadowComparison {
    ShadowComparison(
      bookingID: row.id(1), restaurantID: row.id(0), createdAt: row.time(2), verdict: try row.raw(3),
      legacy: ShadowSide(
        outcome: row.text(4), tables: try tables(row, 6), spareSeats: row.optionalInt(8), milliseconds: row[10]),
      v3: ShadowSide(
        outcome: row.text(5), tables: try tables(row, 7), spareSeats: row.optionalInt(9), milliseconds: row[11]),
      legacyLate: row.bool(12), noiseVerdict: try row.optionalRaw(13))
  }

  private static func tables(_ row: Row, _ column: Int) throws -> [TableNumber]? {
    row.optionalText(column) == nil ? nil : try row.tables(column)
  }
}
