import StoreFoundation

extension Migration {
  /// Circuit breakers that people force, for all instances.
  static let breakers = Migration(
    number: 6, name: "breakers",
    sql: """
      CREATE TABLE breaker_overrides (
        name TEXT PRIMARY KEY NOT NULL,
        position TEXT NOT NULL CHECK (position IN ('open', 'closed')),
        reason TEXT NOT NULL,
        actor TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
}
