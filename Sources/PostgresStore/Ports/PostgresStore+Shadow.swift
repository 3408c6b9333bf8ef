public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore: ShadowStore {
  public func appendShadow(_ batch: ShadowBatch) async throws(StoreError) {
    var statements = batch.comparisons.map { PostgresStatement(ShadowSQL.insert, ShadowSQL.values($0)) }
    statements += batch.late.map {
      PostgresStatement(ShadowSQL.late, [.text($0.restaurantID), .text($0.bookingID)])
    }
    if !batch.events.isEmpty { statements.append(PostgresStatement(EventSQL.insert, EventSQL.values(batch.events))) }
    if statements.isEmpty { return }
    do throws(PostgresError) { try await writeShadow(statements) } catch { throw StoreError(error) }
  }

  public func shadowComparison(
    of id: BookingID, in restaurant: RestaurantID
  ) async throws(StoreError) -> ShadowComparison? {
    try await first(
      "SELECT \(ShadowSQL.columns) FROM shadow_comparisons WHERE restaurant_id = $1 AND booking_id = $2",
      [.text(restaurant), .text(id)], ShadowSQL.comparison)
  }
}

private enum ShadowSQL {
  static let columns = """
    restaurant_id, booking_id, created_at, verdict, legacy_outcome, v3_outcome, legacy_tables, v3_tables,
    legacy_spare_seats, v3_spare_seats, legacy_ms, v3_ms, legacy_late, noise_verdict
    """

  static let insert = """
    INSERT INTO shadow_comparisons (\(columns))
    VALUES ($1, $2, $3, $4, $5, $6, $7::text[], $8::text[], $9, $10, $11, $12, $13, $14)
    ON CONFLICT (restaurant_id, booking_id) DO NOTHING
    """

  static let late = """
    UPDATE shadow_comparisons SET legacy_late = true
    WHERE restaurant_id = $1 AND booking_id = $2 AND legacy_tables IS NULL
    """

  static func values(_ row: ShadowComparison) -> [PostgresValue] {
    [
      .text(row.restaurantID), .text(row.bookingID), .time(row.createdAt), .raw(row.verdict),
      .text(row.legacy.outcome), .text(row.v3.outcome), row.legacy.tables.map { .tables($0) } ?? .null,
      row.v3.tables.map { .tables($0) } ?? .null, .int(row.legacy.spareSeats), .int(row.v3.spareSeats),
      row.legacy.milliseconds.map { .double($0) } ?? .null, row.v3.milliseconds.map { .double($0) } ?? .null,
      .bool(row.legacyLate), .raw(row.noiseVerdict),
    ]
  }

  static func comparison(_ row: PostgresRow) throws(StoreError) -> ShadowComparison {
    ShadowComparison(
      bookingID: row.id(1), restaurantID: row.id(0), createdAt: row.time(2), verdict: try row.raw(3),
      legacy: side(row, outcome: 4, tables: 6, spare: 8, time: 10),
      v3: side(row, outcome: 5, tables: 7, spare: 9, time: 11), legacyLate: row.bool(12),
      noiseVerdict: try row.optionalRaw(13))
  }

  private static func side(_ row: PostgresRow, outcome: Int, tables: Int, spare: Int, time: Int) -> ShadowSide {
    ShadowSide(
      outcome: row.text(outcome), tables: row.isNull(tables) ? nil : row.tables(tables),
      spareSeats: row.optionalInt(spare), milliseconds: row.optionalDouble(time))
  }
}
