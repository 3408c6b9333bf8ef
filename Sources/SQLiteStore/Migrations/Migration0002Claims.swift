import StoreFoundation

extension Migration {
  /// Claims on tables, and guests' holds.
  ///
  /// The triggers refuse, on insert and on update, two claims on one table in overlapping windows, unless both are
  /// blocks. Holds and allocations of a table never overlap each other, so the last one that starts before a window's
  /// end decides alone. They know no time: whoever inserts deletes dead holds first.
  ///
  /// `claims_long` lets a search by window look back 8 hours and still find what began earlier.
  static let claims = Migration(
    number: 2, name: "claims",
    sql: """
      CREATE TABLE table_claims (
        id INTEGER PRIMARY KEY,
        restaurant_id TEXT NOT NULL,
        table_number TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('hold', 'allocation', 'block')),
        window_start INTEGER NOT NULL,
        window_end INTEGER NOT NULL,
        booking_id TEXT REFERENCES bookings (id),
        group_id TEXT,
        expires_at INTEGER,
        note TEXT,
        CHECK (window_start < window_end),
        CHECK ((kind = 'allocation') = (booking_id IS NOT NULL)),
        CHECK ((kind = 'hold') = (expires_at IS NOT NULL)),
        CHECK ((kind = 'allocation') = (group_id IS NULL))
      ) STRICT;

      CREATE INDEX claims_of_parties ON table_claims (restaurant_id, table_number, window_start)
        WHERE kind <> 'block';
      CREATE INDEX claims_by_window ON table_claims (restaurant_id, window_start, window_end)
        WHERE kind <> 'block';
      CREATE INDEX claims_long ON table_claims (restaurant_id, window_end)
        WHERE kind <> 'block' AND window_end - window_start > 28800000000;
      CREATE INDEX claims_of_holds ON table_claims (restaurant_id, table_number, window_start)
        WHERE kind = 'hold';
      CREATE INDEX claims_by_expiry ON table_claims (expires_at) WHERE kind = 'hold';
      CREATE INDEX claims_of_blocks ON table_claims (restaurant_id, window_end) WHERE kind = 'block';
      CREATE INDEX claims_of_booking ON table_claims (booking_id) WHERE booking_id IS NOT NULL;
      CREATE INDEX claims_of_group ON table_claims (group_id) WHERE group_id IS NOT NULL;

      CREATE TRIGGER claims_refuse_party BEFORE INSERT ON table_claims
      WHEN (
        SELECT window_end FROM table_claims
        WHERE restaurant_id = NEW.restaurant_id AND table_number = NEW.table_number AND kind <> 'block'
          AND window_start < NEW.window_end
        ORDER BY window_start DESC LIMIT 1) > NEW.window_start
      BEGIN
        SELECT RAISE(ABORT, 'table is taken');
      END;

      CREATE TRIGGER claims_refuse_block BEFORE INSERT ON table_claims
      WHEN NEW.kind <> 'block' AND EXISTS (
        SELECT 1 FROM table_claims
        WHERE restaurant_id = NEW.restaurant_id AND kind = 'block' AND window_end > NEW.window_start
          AND window_start < NEW.window_end AND table_number = NEW.table_number)
      BEGIN
        SELECT RAISE(ABORT, 'table is taken');
      END;

      CREATE TRIGGER claims_refuse_party_on_update
      BEFORE UPDATE OF restaurant_id, table_number, kind, window_start, window_end ON table_claims
      WHEN (
        SELECT window_end FROM table_claims
        WHERE restaurant_id = NEW.restaurant_id AND table_number = NEW.table_number AND kind <> 'block'
          AND window_start < NEW.window_end AND id <> OLD.id
        ORDER BY window_start DESC LIMIT 1) > NEW.window_start
      BEGIN
        SELECT RAISE(ABORT, 'table is taken');
      END;

      CREATE TRIGGER claims_refuse_block_on_update
      BEFORE UPDATE OF restaurant_id, table_number, kind, window_start, window_end ON table_claims
      WHEN NEW.kind <> 'block' AND EXISTS (
        SELECT 1 FROM table_claims
        WHERE restaurant_id = NEW.restaurant_id AND kind = 'block' AND window_end > NEW.window_start
          AND window_start < NEW.window_end AND table_number = NEW.table_number AND id <> OLD.id)
      BEGIN
        SELECT RAISE(ABORT, 'table is taken');
      END;

      CREATE TABLE holds (
        id TEXT PRIMARY KEY NOT NULL,
        restaurant_id TEXT NOT NULL,
        tables TEXT NOT NULL,
        party_size INTEGER NOT NULL CHECK (party_size >= 1),
        service TEXT,
        service_date TEXT NOT NULL,
        dining_start INTEGER NOT NULL,
        dining_end INTEGER NOT NULL,
        block_start INTEGER NOT NULL,
        block_end INTEGER NOT NULL,
        zone TEXT,
        tags TEXT NOT NULL,
        needs TEXT NOT NULL,
        caller TEXT NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT;

      CREATE INDEX holds_of_caller ON holds (caller, expires_at);
      CREATE INDEX holds_by_expiry ON holds (expires_at);
      """)
}
