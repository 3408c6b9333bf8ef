import StoreFoundation

extension Migration {
  /// The trace that all that is done about a booking belongs to.
  static let traces = Migration(
    number: 10, name: "traces",
    sql: """
      ALTER TABLE bookings ADD COLUMN trace_id TEXT;
      """)
}
