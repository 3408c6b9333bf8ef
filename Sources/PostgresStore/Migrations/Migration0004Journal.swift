import StoreFoundation

extension Migration {
  /// Events, messages to subscribers, notices, and decisions.
  ///
  /// Events may be deleted, by retention, but never edited. The ids of events and messages are made of the transaction's
  /// number and a running one, see ``JournalSQL``.
  static let journal = Migration(
    number: 4, name: "journal",
    sql: """
      CREATE SEQUENCE journal_numbers CYCLE CACHE 32;

      CREATE TABLE observability_events (
        id bigint PRIMARY KEY,
        created_at timestamptz NOT NULL,
        source text NOT NULL,
        event_type text NOT NULL,
        severity text NOT NULL CHECK (severity IN ('debug', 'info', 'warning', 'error')),
        restaurant_id text COLLATE "C",
        booking_id text COLLATE "C",
        context jsonb NOT NULL
      );

      CREATE INDEX events_by_time ON observability_events (created_at);
      CREATE INDEX events_of_booking ON observability_events (booking_id, id) WHERE booking_id IS NOT NULL;
      CREATE INDEX events_of_errors ON observability_events (created_at) WHERE severity = 'error';

      CREATE TRIGGER events_are_not_edited BEFORE UPDATE ON observability_events
      FOR EACH ROW EXECUTE FUNCTION rows_are_append_only('events');

      CREATE TABLE outbox (
        id bigint PRIMARY KEY,
        topic text NOT NULL,
        restaurant_id text COLLATE "C" NOT NULL,
        booking_id text COLLATE "C",
        payload json NOT NULL,
        created_at timestamptz NOT NULL
      );

      CREATE TABLE notices (
        id text COLLATE "C" NOT NULL,
        booking_id text COLLATE "C" NOT NULL,
        restaurant_id text COLLATE "C" NOT NULL,
        version bigint NOT NULL,
        kind text NOT NULL,
        status text NOT NULL CHECK (status IN ('pending', 'delivered', 'withdrawn')),
        due_at timestamptz NOT NULL,
        deliveries bigint NOT NULL,
        claimed_by text,
        claimed_until timestamptz,
        created_at timestamptz NOT NULL,
        delivered_at timestamptz,
        PRIMARY KEY (restaurant_id, booking_id, version, kind),
        FOREIGN KEY (restaurant_id, booking_id) REFERENCES bookings (restaurant_id, id)
      );

      CREATE UNIQUE INDEX notices_by_id ON notices (id);
      CREATE INDEX notices_pending ON notices (due_at) WHERE status = 'pending';

      CREATE TABLE decisions (
        id text COLLATE "C" PRIMARY KEY,
        restaurant_id text COLLATE "C" NOT NULL,
        booking_id text COLLATE "C" NOT NULL,
        document json NOT NULL,
        created_at timestamptz NOT NULL
      );

      CREATE INDEX decisions_of_booking ON decisions (restaurant_id, booking_id);

      DO $$ BEGIN
        ALTER TABLE decisions ALTER COLUMN document SET COMPRESSION lz4;
      EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
        RAISE NOTICE 'the server has no lz4: decisions are compressed by pglz';
      END $$;

      """ + journalEnd)

  /// The id up to which the journal is complete: that of the oldest transaction of this database under way. Whoever asks
  /// reads by a later statement, which then sees all below it.
  ///
  /// Transactions of other databases of the cluster do not count. One that ended while it was looked for is of unknown
  /// origin: then it is looked again.
  private static let journalEnd = """
    CREATE FUNCTION headwaiter_journal_end() RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
      present pg_snapshot;
      oldest bigint;
      unsure boolean;
    BEGIN
      FOR turn IN 1 .. 10 LOOP
        PERFORM pg_stat_clear_snapshot();
        SELECT pg_current_snapshot() INTO present;
        SELECT min(running) FILTER (WHERE is_own), coalesce(bool_or(NOT is_known), false) INTO oldest, unsure
        FROM (
          SELECT running::text::bigint AS running, coalesce(datname = current_database(), true) AS is_own,
            pid IS NOT NULL AS is_known
          FROM pg_snapshot_xip(present) AS running LEFT JOIN pg_stat_activity ON backend_xid = running::xid
        ) AS transactions;
        EXIT WHEN NOT unsure;
      END LOOP;
      RETURN (SELECT value FROM counters WHERE name = 'journal_base')
        + (coalesce(oldest, pg_snapshot_xmax(present)::text::bigint) << 16);
    END $$;
    """
}
