import StoreFoundation

extension Migration {
  /// What the rates are about, stored with each booking, and the views that define every rate (product specification §9).
  /// What shadow finds has its table, which fills later.
  ///
  /// Of bookings that were made before this migration, or worked on by an older program, the new columns are null or say
  /// less than the state does: their `standing` is `unknown`, they are in no rate, and are shown as such.
  ///
  /// Indexes are small on purpose, since every event is written once and read seldom: two hold warnings and failing
  /// bookings alone; attempts come in order of time, so that a summary of their pages is enough. They may be
  /// made beforehand, without a lock: hence `IF NOT EXISTS`.
  ///
  /// Bookings are locked last, since building the indexes takes its time.
  static let outcomes = Migration(
    number: 9, name: "outcomes",
    sql: indexes + shadow + columns + outcomesView + otherViews)

  /// Checks hold for what is written from now on: to look at every row would lock the table for as long.
  private static let columns = """
    ALTER TABLE bookings
      ADD COLUMN automation text, ADD COLUMN feasible boolean, ADD COLUMN verified boolean, ADD COLUMN outcome text,
      ADD COLUMN outcome_reason text, ADD COLUMN outcome_flow text, ADD COLUMN outcome_at timestamptz,
      ADD COLUMN reviewed boolean, ADD COLUMN interrupted text,
      ADD CHECK (automation IN ('auto', 'suggest', 'mandatory')) NOT VALID,
      ADD CHECK (outcome IN ('confirmed', 'manual_review', 'failed')) NOT VALID,
      ADD CHECK (outcome_flow IN ('v3', 'legacy')) NOT VALID,
      ADD CHECK (interrupted IN ('cancelled', 'changed', 'placed')) NOT VALID;

    """

  private static let indexes = """
    CREATE INDEX IF NOT EXISTS events_of_warnings ON observability_events (created_at) WHERE severity = 'warning';
    CREATE INDEX IF NOT EXISTS events_of_failing_bookings ON observability_events (booking_id)
      WHERE severity = 'error' AND booking_id IS NOT NULL;
    CREATE INDEX IF NOT EXISTS attempts_by_time ON booking_assignment_attempts USING brin (created_at)
      WITH (pages_per_range = 16, autosummarize = on);

    """

  private static let shadow = """
    CREATE TABLE shadow_comparisons (
      restaurant_id text COLLATE "C" NOT NULL,
      booking_id text COLLATE "C" NOT NULL,
      created_at timestamptz NOT NULL,
      verdict text NOT NULL
        CHECK (verdict IN ('same_tables', 'equivalent', 'v3_better', 'legacy_better', 'v3_only', 'legacy_only',
          'both_failed', 'shadow_error')),
      legacy_outcome text NOT NULL,
      v3_outcome text NOT NULL,
      legacy_tables text[] COLLATE "C",
      v3_tables text[] COLLATE "C",
      legacy_spare_seats bigint,
      v3_spare_seats bigint,
      legacy_ms double precision,
      v3_ms double precision,
      legacy_late boolean NOT NULL DEFAULT false,
      noise_verdict text
        CHECK (noise_verdict IN ('same_tables', 'equivalent', 'v3_better', 'legacy_better', 'v3_only', 'legacy_only',
          'both_failed', 'shadow_error')),
      PRIMARY KEY (restaurant_id, booking_id)
    );

    CREATE INDEX comparisons_by_time ON shadow_comparisons (created_at);

    COMMENT ON TABLE shadow_comparisons IS
      'One row for each booking that V3 planned in shadow, beside what legacy did with the same snapshot.';
    COMMENT ON COLUMN shadow_comparisons.legacy_late IS 'Legacy seated it later in its loop; not counted.';
    COMMENT ON COLUMN shadow_comparisons.noise_verdict IS
      'Legacy against itself on the same snapshot, for 5 % of the bookings; null for the others.';

    """

  /// One row for each booking. `standing` says what it counts for; the order of its cases matters: what a person did
  /// comes before what the pipeline made of it.
  private static let outcomesView = """
    CREATE VIEW v_outcomes AS
    SELECT told.*,
      CASE
        WHEN origin = 'walk_in' OR automation <> 'auto' THEN 'not_automatic'
        WHEN automation IS NULL THEN 'unknown'
        WHEN interrupted IS NOT NULL THEN 'by_person'
        WHEN outcome IS NULL AND assignment_state IN ('confirmed', 'manual_review', 'failed') THEN 'unknown'
        WHEN NOT was_verified AND outcome = 'failed' THEN 'refused'
        WHEN NOT was_verified THEN 'not_verified'
        WHEN feasible IS NULL THEN 'unknown'
        WHEN NOT feasible THEN 'full_house'
        ELSE 'eligible'
      END AS standing,
      outcome IS NOT NULL AS has_ended,
      extract(epoch FROM ended_at - created_at)::double precision * 1000 AS duration_ms,
      coalesce(outcome = 'failed' AND reason IN ('timeout', 'system_error', 'max_attempts',
          'circuit_open', 'lock_lost', 'version_conflict', 'deadline'), false)
        OR EXISTS (
          SELECT 1 FROM observability_events AS event
          WHERE event.booking_id = told.booking_id AND event.severity = 'error'
            AND event.event_type IN ('coordinator.error', 'auto_assign.error')) AS had_error
    FROM (
      SELECT id AS booking_id, restaurant_id, origin, party_size, created_at, status, assignment_state, automation,
        feasible, assignment_strategy AS strategy, attempts, coalesce(outcome_flow, assignment_flow) AS flow,
        coalesce(verified, false) AS was_verified, interrupted, outcome, outcome_reason AS reason,
        outcome_at AS ended_at, coalesce(reviewed, false) AS was_in_review
      FROM bookings
    ) AS told;

    COMMENT ON VIEW v_outcomes IS
      'One row for each booking: how the automatic work on it ended the first time. standing: eligible (in the rates),'
      ' full_house (no table was free), refused (by the checks of capacity), by_person (cancelled, changed or placed'
      ' meanwhile), not_automatic (suggest, mandatory, walk-in), not_verified, unknown (from before migration 9, or'
      ' without a snapshot).';

    """

  /// `v_deadlines`: jobs whose state has a deadline, and until when their house is busy with others, for that long a job
  /// in line waits for a permit and its deadline stands still.
  private static let otherViews = """
    CREATE VIEW v_eligible AS SELECT * FROM v_outcomes WHERE standing = 'eligible';

    COMMENT ON VIEW v_eligible IS
      'The bookings that rates are about: automation auto, passed capacity_verified, not cancelled or changed meanwhile,'
      ' and the first snapshot had room.';

    CREATE VIEW v_deadlines AS
    SELECT job.booking_id, job.restaurant_id, job.state AS job_state, job.state_deadline, job.in_line_since, job.rescues,
      CASE WHEN job.state = 'ready' THEN greatest(
        (SELECT max(other.claimed_until) FROM assignment_jobs AS other
          WHERE other.state = 'running' AND other.restaurant_id = job.restaurant_id),
        (SELECT max(expires_at) FROM leases
          WHERE kind = 'permit' AND leases.restaurant_id = job.restaurant_id)) END AS house_busy_until
    FROM assignment_jobs AS job WHERE job.state <> 'parked';
    """
}
