import StoreFoundation

extension Migration {
  /// Leases, permits, the fencing counter, and the stored queue.
  ///
  /// Tokens come from one counter that only rises, so that the row of a lease that was given back can be deleted.
  /// A job's place in line is its `run_at`, which parking leaves as it is.
  static let queue = Migration(
    number: 3, name: "queue",
    sql: """
      CREATE TABLE counters (
        name TEXT PRIMARY KEY NOT NULL,
        value INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      INSERT INTO counters (name, value) VALUES ('fencing_token', 0), ('flags_epoch', 0);

      CREATE TRIGGER counters_only_rise BEFORE UPDATE ON counters WHEN NEW.value <= OLD.value
      BEGIN
        SELECT RAISE(ABORT, 'counters only rise');
      END;

      CREATE TABLE leases (
        name TEXT PRIMARY KEY NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('lease', 'permit')),
        restaurant_id TEXT,
        booking_id TEXT,
        owner TEXT NOT NULL,
        token INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX leases_of_restaurant ON leases (restaurant_id) WHERE kind = 'permit';
      CREATE UNIQUE INDEX leases_of_booking ON leases (booking_id) WHERE kind = 'permit';

      CREATE TABLE assignment_jobs (
        id INTEGER PRIMARY KEY,
        booking_id TEXT NOT NULL UNIQUE,
        restaurant_id TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'parked')),
        run_at INTEGER NOT NULL,
        state_deadline INTEGER NOT NULL,
        rescues INTEGER NOT NULL,
        retries INTEGER NOT NULL,
        failures INTEGER NOT NULL,
        claimed_by TEXT,
        claimed_until INTEGER,
        parked_at INTEGER,
        CHECK ((state = 'running') = (claimed_until IS NOT NULL)),
        CHECK ((state = 'parked') = (parked_at IS NOT NULL))
      ) STRICT;

      CREATE INDEX jobs_in_turn ON assignment_jobs (state, restaurant_id, run_at);
      CREATE INDEX jobs_by_time ON assignment_jobs (run_at) WHERE state = 'ready';
      CREATE INDEX jobs_by_deadline ON assignment_jobs (state_deadline) WHERE state <> 'parked';
      """)
}
