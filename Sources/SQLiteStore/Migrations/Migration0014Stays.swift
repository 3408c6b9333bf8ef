import StoreFoundation

extension Migration {
  /// Those who sit, by the end of their time: who stays longer is looked for every few seconds.
  static let stays = Migration(
    number: 14, name: "stays",
    sql: """
      CREATE INDEX bookings_seated ON bookings (block_end) WHERE status = 'seated';
      """)
}
