-- report-states: where are the run's bookings now?
-- Purpose: state and status of all bookings that were made in the window.
-- Expected output: one row for each state and status, the most frequent first.
-- Threshold: none in a state that the pipeline still works on, once the run is over.
-- What to do: see 07 and a4.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT assignment_state AS state, status, count(*) AS bookings
FROM bookings
WHERE created_at >= now() - :'since'::interval AND created_at < now()
GROUP BY 1, 2
ORDER BY bookings DESC, state, status;
COMMIT;
