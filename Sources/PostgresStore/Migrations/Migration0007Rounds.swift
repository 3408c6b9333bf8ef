import StoreFoundation

extension Migration {
  /// What a job's state deadline needs: how far its round of states has come, and since when it is in line. And the
  /// function that hands out jobs.
  static let rounds = Migration(
    number: 7, name: "rounds",
    sql: """
      ALTER TABLE assignment_jobs ADD COLUMN reached bigint NOT NULL DEFAULT 0;
      ALTER TABLE assignment_jobs ADD COLUMN in_line_since timestamptz NOT NULL DEFAULT '-infinity';
      UPDATE assignment_jobs SET in_line_since = run_at;

      """ + claimJobs)

  /// Hands out due jobs in fair turns: one job of each restaurant a round, beginning after the last one served.
  ///
  /// Finds the restaurants one by one through the index, so that the cost depends on how many have work, not on how much
  /// work they have. What another instance is just taking is passed over.
  private static let claimJobs = """
    CREATE FUNCTION headwaiter_claim_jobs(
      worker text, wanted bigint, served text, max_parallel bigint, ttl interval, moment timestamptz
    ) RETURNS SETOF assignment_jobs LANGUAGE plpgsql AS $$
    DECLARE
      passed text COLLATE "C" := served;
      beyond boolean := served <> '';
      turn text COLLATE "C";
      due timestamptz;
      room bigint;
      turns text[] := '{}';
      rooms bigint[] := '{}';
      remaining bigint := wanted;
      handed_out boolean;
      job assignment_jobs;
    BEGIN
      PERFORM 1 FROM assignment_jobs WHERE state = 'ready' AND run_at <= moment LIMIT 1;
      IF NOT FOUND THEN RETURN; END IF;
      WHILE cardinality(turns) < wanted LOOP
        SELECT restaurant_id, run_at INTO turn, due FROM assignment_jobs
        WHERE state = 'ready' AND restaurant_id > passed ORDER BY restaurant_id, run_at LIMIT 1;
        IF turn IS NULL OR (NOT beyond AND served <> '' AND turn > served) THEN
          EXIT WHEN NOT beyond;
          beyond := false;
          passed := '';
          CONTINUE;
        END IF;
        passed := turn;
        CONTINUE WHEN due > moment;
        SELECT max_parallel
          - (SELECT count(*) FROM assignment_jobs
            WHERE state = 'running' AND restaurant_id = turn AND claimed_until > moment)
          - (SELECT count(*) FROM leases
            WHERE kind = 'permit' AND restaurant_id = turn AND expires_at > moment AND NOT EXISTS (
              SELECT 1 FROM assignment_jobs AS own
              WHERE own.booking_id = leases.booking_id AND own.state = 'running' AND own.claimed_until > moment))
        INTO room;
        CONTINUE WHEN room <= 0;
        turns := turns || turn;
        rooms := rooms || room;
      END LOOP;
      LOOP
        handed_out := false;
        FOR place IN 1 .. cardinality(turns) LOOP
          EXIT WHEN remaining = 0;
          CONTINUE WHEN rooms[place] <= 0;
          UPDATE assignment_jobs SET state = 'running', claimed_by = worker, claimed_until = moment + ttl,
            state_deadline = state_deadline + greatest(moment - in_line_since, interval '0')
          WHERE booking_id = (
            SELECT booking_id FROM assignment_jobs
            WHERE state = 'ready' AND restaurant_id = turns[place] AND run_at <= moment
            ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING * INTO job;
          IF NOT FOUND THEN
            rooms[place] := 0;
            CONTINUE;
          END IF;
          rooms[place] := rooms[place] - 1;
          remaining := remaining - 1;
          handed_out := true;
          RETURN NEXT job;
        END LOOP;
        EXIT WHEN NOT handed_out OR remaining = 0;
      END LOOP;
    END $$;
    """
}
