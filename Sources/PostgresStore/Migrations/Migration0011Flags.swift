import StoreFoundation

extension Migration {
  /// Flags that people, or the rollout, set for all instances; a row with a restaurant is about that one alone.
  static let flags = Migration(
    number: 11, name: "flags",
    sql: """
      CREATE TABLE flags (
        name text COLLATE "C" NOT NULL CHECK (name <> ''),
        restaurant_id text COLLATE "C" NOT NULL DEFAULT '',
        value text NOT NULL CHECK (value <> ''),
        reason text NOT NULL,
        actor text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (name, restaurant_id),
        CHECK ((name = 'RESTAURANT') = (restaurant_id <> '')),
        CHECK (name <> 'RESTAURANT' OR value IN ('in', 'out', 'paused'))
      );
      """)
}
