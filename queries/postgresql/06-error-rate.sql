-- 06 error-rate: how often does the system itself fail, and in what?
-- Purpose: the error rate of the eligible bookings, and all errors by source and code.
-- Expected output: a row `all`, then one row for each code, the most frequent first.
-- Threshold: no error; `eligible_percent` of `all` under 1.
-- What to do: planning_timeout and planner_failed name a planner, the breaker `engine:RESTAURANT` keeps it apart;
--   storage_* name the database. The log lines with the same booking say more.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
WITH failing AS (
  SELECT source, coalesce(context->>'code', event_type) AS code, booking_id, created_at
  FROM observability_events
  WHERE severity = 'error' AND created_at >= now() - :'since'::interval
    AND (source LIKE 'assignment.%' OR source = 'auto_assign')
), eligible AS (
  SELECT count(*) FILTER (WHERE had_error) AS failed, count(*) AS ended
  FROM v_eligible WHERE created_at >= now() - :'since'::interval AND has_ended
)
SELECT told.source, told.code, told.errors, told.bookings, told.eligible_with_error,
  round(100.0 * told.eligible_with_error / nullif(told.ended, 0), 2) AS eligible_percent, told.last_at
FROM (
  SELECT 0 AS place, 'all' AS source, 'all' AS code, (SELECT count(*) FROM failing) AS errors,
    (SELECT count(DISTINCT booking_id) FROM failing) AS bookings, failed AS eligible_with_error, ended,
    (SELECT max(created_at) FROM failing) AS last_at
  FROM eligible
  UNION ALL
  SELECT 1, source, code, count(*), count(DISTINCT booking_id), NULL, NULL, max(created_at)
  FROM failing GROUP BY source, code
) AS told
ORDER BY told.place, told.errors DESC, told.source, told.code;
COMMIT;
