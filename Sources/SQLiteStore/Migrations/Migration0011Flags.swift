import StoreFoundation

extension Migration {
  /// Flags that people, or the rollout, set for all instances; a row with a restaurant is about that one alone.
  static let flags = Migration(
    number: 11, name: "flags",
    sql: """
      CREATE TABLE flags (
        name TEXT NOT NULL CHECK (name <> ''),
        restaurant_id TEXT NOT NULL DEFAULT '',
        value TEXT NOT NULL CHECK (value <> ''),
        reason TEXT NOT NULL,
        actor TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (name, restaurant_id),
        CHECK ((name = 'RESTAURANT') = (restaurant_id <> '')),
        CHECK (name <> 'RESTAURANT' OR value IN ('in', 'out', 'paused'))
      ) STRICT, WITHOUT ROWID;
      """)
}
