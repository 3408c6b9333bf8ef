-- export-attempts: all attempts of the window, as CSV
-- Purpose: hands the attempts to other tools, for questions that the catalogue does not ask.
-- Expected output: one row for each attempt in order of time; `metadata` is JSON. No personal data is in attempts.
-- Threshold: none.
-- What to do: `headwaiter queries run export-attempts --csv > attempts.csv`; set `since` for more than a day.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
\pset format csv
BEGIN READ ONLY;
SELECT attempt.id, attempt.created_at, b.restaurant_id, attempt.booking_id, attempt.attempt_no, attempt.strategy,
  attempt.result, attempt.reason, attempt.metadata::text AS metadata
FROM booking_assignment_attempts AS attempt JOIN bookings AS b ON b.id = attempt.booking_id
WHERE attempt.created_at >= now() - :'since'::interval AND attempt.created_at < now()
ORDER BY attempt.created_at, attempt.id;
COMMIT;
