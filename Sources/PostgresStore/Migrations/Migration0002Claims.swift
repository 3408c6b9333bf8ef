import StoreFoundation

extension Migration {
  /// Claims on tables, and guests' holds.
  ///
  /// The exclusion constraint refuses overlapping windows on one table, unless both are blocks: those share the number 0,
  /// everybody else has one of his own. It knows no time: whoever inserts deletes dead holds first. `claims_long` lets a search by window look back 8 hours and still find
  /// what began earlier.
  static let claims = Migration(
    number: 2, name: "claims",
    sql: """
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      CREATE TABLE table_claims (
        id bigint GENERATED ALWAYS AS IDENTITY,
        restaurant_id text COLLATE "C" NOT NULL,
        table_number text COLLATE "C" NOT NULL,
        kind text NOT NULL CHECK (kind IN ('hold', 'allocation', 'block')),
        window_start timestamptz NOT NULL,
        window_end timestamptz NOT NULL,
        booking_id text COLLATE "C",
        group_id text COLLATE "C",
        expires_at timestamptz,
        note text,
        PRIMARY KEY (restaurant_id, id),
        FOREIGN KEY (restaurant_id, booking_id) REFERENCES bookings (restaurant_id, id),
        CHECK (window_start < window_end),
        CHECK ((kind = 'allocation') = (booking_id IS NOT NULL)),
        CHECK ((kind = 'hold') = (expires_at IS NOT NULL)),
        CHECK ((kind = 'allocation') = (group_id IS NULL)),
        CONSTRAINT one_party EXCLUDE USING gist (
          restaurant_id WITH =, table_number WITH =, tstzrange(window_start, window_end) WITH &&,
          (CASE WHEN kind = 'block' THEN 0 ELSE id END) WITH <>)
      );

      CREATE INDEX claims_by_window ON table_claims (restaurant_id, window_start, window_end)
        WHERE kind <> 'block';
      CREATE INDEX claims_long ON table_claims (restaurant_id, window_end)
        WHERE kind <> 'block' AND window_end - window_start > interval '28800 seconds';
      CREATE INDEX claims_of_holds ON table_claims (restaurant_id, table_number, window_start)
        WHERE kind = 'hold';
      CREATE INDEX claims_by_expiry ON table_claims (expires_at) WHERE kind = 'hold';
      CREATE INDEX claims_of_blocks ON table_claims (restaurant_id, window_end) WHERE kind = 'block';
      CREATE INDEX claims_of_booking ON table_claims (booking_id) WHERE booking_id IS NOT NULL;
      CREATE INDEX claims_of_group ON table_claims (group_id) WHERE group_id IS NOT NULL;

      CREATE TABLE holds (
        id text COLLATE "C" PRIMARY KEY,
        restaurant_id text COLLATE "C" NOT NULL,
        tables text[] COLLATE "C" NOT NULL,
        party_size bigint NOT NULL CHECK (party_size >= 1),
        service text,
        service_date date NOT NULL,
        dining_start timestamptz NOT NULL,
        dining_end timestamptz NOT NULL,
        block_start timestamptz NOT NULL,
        block_end timestamptz NOT NULL,
        zone text,
        tags text[] NOT NULL,
        needs text[] NOT NULL,
        caller text COLLATE "C" NOT NULL,
        expires_at timestamptz NOT NULL
      );

      CREATE INDEX holds_of_caller ON holds (caller, expires_at);
      CREATE INDEX holds_by_expiry ON holds (expires_at);
      """)
}
