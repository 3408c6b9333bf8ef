import StoreFoundation

extension Migration {
  /// The rollout: where it stands, in one row whose revision a writer must know; its runs; what happened, which nobody can
  /// edit; and for how long breakers were open. Instances say which flags they heed.
  ///
  /// Bookings are found by when their automatic work ended, for the windows of automatic rollback.
  static let rollout = Migration(
    number: 12, name: "rollout",
    sql: """
      CREATE TABLE rollout (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        revision INTEGER NOT NULL,
        status TEXT NOT NULL,
        run INTEGER,
        phase TEXT,
        state TEXT,
        plan TEXT,
        drill TEXT,
        flags_epoch INTEGER NOT NULL DEFAULT 0,
        updated_at INTEGER
      ) STRICT;

      INSERT INTO rollout (id, revision, status) VALUES (1, 0, 'not_started');

      CREATE TABLE rollout_runs (
        number INTEGER PRIMARY KEY NOT NULL CHECK (number >= 1),
        phase TEXT NOT NULL,
        environment TEXT NOT NULL CHECK (environment IN ('staging', 'production')),
        decides_v3 INTEGER NOT NULL CHECK (decides_v3 IN (0, 1)),
        shadow INTEGER NOT NULL CHECK (shadow IN (0, 1)),
        share INTEGER NOT NULL CHECK (share BETWEEN 0 AND 100),
        decided_at INTEGER NOT NULL,
        entered_at INTEGER,
        ended_at INTEGER,
        ending TEXT CHECK (ending IN ('left', 'rolled_back', 'aborted'))
      ) STRICT;

      CREATE TABLE rollout_records (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind <> ''),
        revision INTEGER NOT NULL,
        run INTEGER,
        phase TEXT,
        actor TEXT NOT NULL,
        role TEXT NOT NULL,
        content TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE TRIGGER rollout_records_are_not_edited BEFORE UPDATE ON rollout_records
      BEGIN
        SELECT RAISE(ABORT, 'records of the rollout are append-only');
      END;

      CREATE TRIGGER rollout_records_are_not_deleted BEFORE DELETE ON rollout_records
      BEGIN
        SELECT RAISE(ABORT, 'records of the rollout are append-only');
      END;

      CREATE TABLE breaker_openings (
        instance TEXT NOT NULL,
        name TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (instance, name, opened_at)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX breaker_openings_by_time ON breaker_openings (seen_at);

      ALTER TABLE instances ADD COLUMN flags_epoch INTEGER NOT NULL DEFAULT 0;

      CREATE INDEX bookings_by_end ON bookings (outcome_at) WHERE outcome_at IS NOT NULL;
      """)
}
