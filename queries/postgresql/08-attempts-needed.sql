-- 08 attempts-needed: how many attempts does a booking need?
-- Purpose: shows whether bookings are seated at the first try, and how many use up all their tries.
-- Expected output: one row for each number of attempts and flow.
-- Threshold: 95 % or more `seated` with one attempt; none with five that was not seated.
-- What to do: failures by reason are in 12 (V3) and in export-attempts; system_error and timeout are in 06.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT tried.flow, tried.attempts, count(*) AS bookings, count(*) FILTER (WHERE tried.successes > 0) AS seated,
  round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY tried.flow), 1) AS share_percent
FROM (
  SELECT booking_id, coalesce(metadata->>'flow', '-') AS flow, max(attempt_no) AS attempts,
    count(*) FILTER (WHERE result = 'success') AS successes
  FROM booking_assignment_attempts WHERE created_at >= now() - :'since'::interval
  GROUP BY 1, 2
) AS tried
GROUP BY tried.flow, tried.attempts
ORDER BY tried.flow DESC, tried.attempts;
COMMIT;
