import StoreFoundation

extension Migration {
  /// The rollout: where it stands, in one row whose revision a writer must know; its runs; what happened, which nobody can
  /// edit; and for how long breakers were open. Instances say which flags they heed.
  ///
  /// Bookings are found by when their automatic work ended, for the windows of automatic rollback. The index may be made
  /// beforehand, without a lock: hence `IF NOT EXISTS`.
  static let rollout = Migration(
    number: 12, name: "rollout",
    sql: """
      CREATE TABLE rollout (
        id bigint PRIMARY KEY CHECK (id = 1),
        revision bigint NOT NULL,
        status text NOT NULL,
        run bigint,
        phase text,
        state jsonb,
        plan jsonb,
        drill jsonb,
        flags_epoch bigint NOT NULL DEFAULT 0,
        updated_at timestamptz
      );

      INSERT INTO rollout (id, revision, status) VALUES (1, 0, 'not_started');

      CREATE TABLE rollout_runs (
        number bigint PRIMARY KEY CHECK (number >= 1),
        phase text NOT NULL,
        environment text NOT NULL CHECK (environment IN ('staging', 'production')),
        decides_v3 boolean NOT NULL,
        shadow boolean NOT NULL,
        share bigint NOT NULL CHECK (share BETWEEN 0 AND 100),
        decided_at timestamptz NOT NULL,
        entered_at timestamptz,
        ended_at timestamptz,
        ending text CHECK (ending IN ('left', 'rolled_back', 'aborted'))
      );

      CREATE TABLE rollout_records (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind <> ''),
        revision bigint NOT NULL,
        run bigint,
        phase text,
        actor text NOT NULL,
        role text NOT NULL,
        content jsonb NOT NULL,
        created_at timestamptz NOT NULL
      );

      CREATE TRIGGER rollout_records_are_not_edited BEFORE UPDATE OR DELETE ON rollout_records
      FOR EACH ROW EXECUTE FUNCTION rows_are_append_only('the record of the rollout');

      CREATE TABLE breaker_openings (
        instance text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        opened_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (instance, name, opened_at)
      );

      CREATE INDEX breaker_openings_by_time ON breaker_openings (seen_at);

      ALTER TABLE instances ADD COLUMN flags_epoch bigint NOT NULL DEFAULT 0;

      CREATE INDEX IF NOT EXISTS bookings_by_end ON bookings (outcome_at) WHERE outcome_at IS NOT NULL;
      """)
}
