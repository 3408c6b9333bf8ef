-- 07 state-distribution: in which states are the bookings now?
-- Purpose: shows where bookings are, and whether they stay somewhere: those made in the window, and older ones that
--   are still worked on or in review.
-- Expected output: one row for each state that has bookings, in the order of the way through them.
-- Threshold: `older_open` 0 but for manual_review; nothing in an open state for more than 10 minutes (see a4).
-- What to do: many in assignment_pending: permits are taken, see 12 and FEATURE_ASSIGNMENT_PIPELINE_V3_MAX_PARALLEL.
--   Many in created: no instance works, see `headwaiter instances list`.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT placed.assignment_state AS state, count(*) AS bookings, count(*) FILTER (WHERE placed.is_older) AS older_open,
  min(placed.state_entered_at) AS oldest_entered_at
FROM (
  SELECT assignment_state, state_entered_at, FALSE AS is_older FROM bookings
  WHERE created_at >= now() - :'since'::interval
  UNION ALL
  SELECT assignment_state, state_entered_at, TRUE FROM bookings
  WHERE in_review AND created_at < now() - :'since'::interval
  UNION ALL
  SELECT b.assignment_state, b.state_entered_at, TRUE
  FROM assignment_jobs AS job JOIN bookings AS b ON b.id = job.booking_id
  WHERE b.created_at < now() - :'since'::interval AND b.assignment_state <> 'manual_review'
) AS placed
GROUP BY placed.assignment_state
ORDER BY CASE placed.assignment_state
  WHEN 'created' THEN 1 WHEN 'capacity_verified' THEN 2 WHEN 'assignment_pending' THEN 3
  WHEN 'assignment_in_progress' THEN 4 WHEN 'assigned' THEN 5 WHEN 'manual_review' THEN 6 WHEN 'confirmed' THEN 7
  ELSE 8 END;
COMMIT;
