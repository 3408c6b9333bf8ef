import StoreFoundation

extension Migration {
  /// Leases, permits, the fencing counter, and the stored queue.
  ///
  /// A job's place in line is its `run_at`, which parking leaves as it is. Rows of these tables live for moments: they are
  /// vacuumed early, and each state of a job has a small index of its own.
  static let queue = Migration(
    number: 3, name: "queue",
    sql: """
      CREATE TABLE counters (
        name text COLLATE "C" PRIMARY KEY,
        value bigint NOT NULL
      );

      INSERT INTO counters (name, value) VALUES ('flags_epoch', 0), ('journal_base', 0);

      CREATE FUNCTION counters_only_rise() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'counters only rise' USING ERRCODE = 'HW100';
      END $$;

      CREATE TRIGGER counters_only_rise BEFORE UPDATE ON counters
      FOR EACH ROW WHEN (NEW.value <= OLD.value) EXECUTE FUNCTION counters_only_rise();

      CREATE SEQUENCE fencing_tokens;

      CREATE TABLE leases (
        name text COLLATE "C" PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('lease', 'permit')),
        restaurant_id text COLLATE "C",
        booking_id text COLLATE "C",
        owner text NOT NULL,
        token bigint NOT NULL,
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

      CREATE INDEX leases_of_restaurant ON leases (restaurant_id) WHERE kind = 'permit';
      CREATE UNIQUE INDEX leases_of_booking ON leases (booking_id) WHERE kind = 'permit';

      CREATE TABLE assignment_jobs (
        id bigint GENERATED ALWAYS AS IDENTITY,
        booking_id text COLLATE "C" PRIMARY KEY,
        restaurant_id text COLLATE "C" NOT NULL,
        state text NOT NULL CHECK (state IN ('ready', 'running', 'parked')),
        run_at timestamptz NOT NULL,
        state_deadline timestamptz NOT NULL,
        rescues bigint NOT NULL,
        retries bigint NOT NULL,
        failures bigint NOT NULL,
        claimed_by text,
        claimed_until timestamptz,
        parked_at timestamptz,
        CHECK ((state = 'running') = (claimed_until IS NOT NULL)),
        CHECK ((state = 'parked') = (parked_at IS NOT NULL))
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

      CREATE INDEX jobs_ready_in_turn ON assignment_jobs (restaurant_id, run_at, id) WHERE state = 'ready';
      CREATE INDEX jobs_ready_by_time ON assignment_jobs (run_at) WHERE state = 'ready';
      CREATE INDEX jobs_running ON assignment_jobs (restaurant_id) WHERE state = 'running';
      CREATE INDEX jobs_parked ON assignment_jobs (restaurant_id, run_at, id) WHERE state = 'parked';
      """)
}
