import StoreFoundation

extension Migration {
  /// What the rates are about, stored with each booking, and the views that define every rate (product specification §9).
  /// What shadow finds has its table, which fills later.
  ///
  /// Of bookings that were made before this migration, or worked on by an older program, the new columns are null or say
  /// less than the state does: their `standing` is `unknown`, they are in no rate, and are shown as such.
  ///
  /// Indexes are small on purpose, since every event is written once and read seldom: two hold warnings and failing
  /// bookings alone.
  static let outcomes = Migration(
    number: 9, name: "outcomes",
    sql: indexes + shadow + columns + outcomesView + otherViews)

  private static let columns = """
    ALTER TABLE bookings ADD COLUMN automation TEXT CHECK (automation IN ('auto', 'suggest', 'mandatory'));
    ALTER TABLE bookings ADD COLUMN feasible INTEGER CHECK (feasible IN (0, 1));
    ALTER TABLE bookings ADD COLUMN verified INTEGER CHECK (verified IN (0, 1));
    ALTER TABLE bookings ADD COLUMN outcome TEXT CHECK (outcome IN ('confirmed', 'manual_review', 'failed'));
    ALTER TABLE bookings ADD COLUMN outcome_reason TEXT;
    ALTER TABLE bookings ADD COLUMN outcome_flow TEXT CHECK (outcome_flow IN ('v3', 'legacy'));
    ALTER TABLE bookings ADD COLUMN outcome_at INTEGER;
    ALTER TABLE bookings ADD COLUMN reviewed INTEGER CHECK (reviewed IN (0, 1));
    ALTER TABLE bookings ADD COLUMN interrupted TEXT CHECK (interrupted IN ('cancelled', 'changed', 'placed'));

    """

  private static let indexes = """
    CREATE INDEX events_of_warnings ON observability_events (created_at) WHERE severity = 'warning';
    CREATE INDEX events_of_failing_bookings ON observability_events (booking_id)
      WHERE severity = 'error' AND booking_id IS NOT NULL;
    CREATE INDEX attempts_by_time ON booking_assignment_attempts (created_at);

    """

  private static let shadow = """
    CREATE TABLE shadow_comparisons (
      restaurant_id TEXT NOT NULL,
      booking_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      verdict TEXT NOT NULL
        CHECK (verdict IN ('same_tables', 'equivalent', 'v3_better', 'legacy_better', 'v3_only', 'legacy_only',
          'both_failed', 'shadow_error')),
      legacy_outcome TEXT NOT NULL,
      v3_outcome TEXT NOT NULL,
      legacy_tables TEXT,
      v3_tables TEXT,
      legacy_spare_seats INTEGER,
      v3_spare_seats INTEGER,
      legacy_ms REAL,
      v3_ms REAL,
      legacy_late INTEGER NOT NULL DEFAULT 0 CHECK (legacy_late IN (0, 1)),
      noise_verdict TEXT
        CHECK (noise_verdict IN ('same_tables', 'equivalent', 'v3_better', 'legacy_better', 'v3_only', 'legacy_only',
          'both_failed', 'shadow_error')),
      PRIMARY KEY (booking_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX comparisons_by_time ON shadow_comparisons (created_at);

    """

  /// One row for each booking. `standing` says what it counts for; the order of its cases matters: what a person did
  /// comes before what the pipeline made of it.
  private static let outcomesView = """
    CREATE VIEW v_outcomes AS
    SELECT told.*,
      -- Only `eligible` is in the rates. `unknown`: made before migration 9, worked on by an older program, or without a
      -- snapshot; in no rate, and shown as such. `full_house`: the same as eligible, but no table was free.
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
      (ended_at - created_at) / 1000.0 AS duration_ms,
      coalesce(outcome = 'failed' AND reason IN ('timeout', 'system_error', 'max_attempts',
          'circuit_open', 'lock_lost', 'version_conflict', 'deadline'), 0)
        OR EXISTS (
          SELECT 1 FROM observability_events AS event
          WHERE event.booking_id = told.booking_id AND event.severity = 'error'
            AND event.event_type IN ('coordinator.error', 'auto_assign.error')) AS had_error
    FROM (
      SELECT id AS booking_id, restaurant_id, origin, party_size, created_at, status, assignment_state, automation,
        feasible, assignment_strategy AS strategy, attempts, coalesce(outcome_flow, assignment_flow) AS flow,
        coalesce(verified, 0) AS was_verified, interrupted, outcome, outcome_reason AS reason,
        outcome_at AS ended_at, coalesce(reviewed, 0) AS was_in_review
      FROM bookings
    ) AS told;

    """

  /// `v_deadlines`: jobs whose state has a deadline, and until when their house is busy with others, for that long a job
  /// in line waits for a permit and its deadline stands still.
  private static let otherViews = """
    -- Automation auto, passed capacity_verified, not cancelled or changed meanwhile, and the first snapshot had room.
    CREATE VIEW v_eligible AS SELECT * FROM v_outcomes WHERE standing = 'eligible';

    CREATE VIEW v_deadlines AS
    SELECT job.booking_id, job.restaurant_id, job.state AS job_state, job.state_deadline, job.in_line_since, job.rescues,
      CASE WHEN job.state = 'ready' THEN max(
        coalesce((SELECT max(other.claimed_until) FROM assignment_jobs AS other
          WHERE other.state = 'running' AND other.restaurant_id = job.restaurant_id), 0),
        coalesce((SELECT max(expires_at) FROM leases
          WHERE kind = 'permit' AND leases.restaurant_id = job.restaurant_id), 0)) END AS house_busy_until
    FROM assignment_jobs AS job WHERE job.state <> 'parked';
    """
}
