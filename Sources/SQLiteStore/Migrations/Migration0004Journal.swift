import StoreFoundation

extension Migration {
  /// Events, messages to subscribers, notices, and decisions.
  ///
  /// Events may be deleted, by retention, but never edited. Identifiers are row ids: retention keeps the newest row, so
  /// that they always rise.
  static let journal = Migration(
    number: 4, name: "journal",
    sql: """
      CREATE TABLE observability_events (
        id INTEGER PRIMARY KEY,
        created_at INTEGER NOT NULL,
        source TEXT NOT NULL,
        event_type TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('debug', 'info', 'warning', 'error')),
        restaurant_id TEXT,
        booking_id TEXT,
        context TEXT NOT NULL
      ) STRICT;

      CREATE INDEX events_by_time ON observability_events (created_at);
      CREATE INDEX events_of_booking ON observability_events (booking_id) WHERE booking_id IS NOT NULL;
      CREATE INDEX events_of_errors ON observability_events (created_at) WHERE severity = 'error';

      CREATE TRIGGER events_are_not_edited BEFORE UPDATE ON observability_events
      BEGIN
        SELECT RAISE(ABORT, 'events are append-only');
      END;

      CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        restaurant_id TEXT NOT NULL,
        booking_id TEXT,
        payload TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE notices (
        id TEXT PRIMARY KEY NOT NULL,
        booking_id TEXT NOT NULL REFERENCES bookings (id),
        restaurant_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'withdrawn')),
        due_at INTEGER NOT NULL,
        deliveries INTEGER NOT NULL,
        claimed_by TEXT,
        claimed_until INTEGER,
        created_at INTEGER NOT NULL,
        delivered_at INTEGER,
        UNIQUE (booking_id, version, kind)
      ) STRICT;

      CREATE INDEX notices_pending ON notices (due_at) WHERE status = 'pending';

      CREATE TABLE decisions (
        id TEXT PRIMARY KEY NOT NULL,
        restaurant_id TEXT NOT NULL,
        booking_id TEXT NOT NULL,
        document TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE INDEX decisions_of_booking ON decisions (booking_id);
      """)
}
