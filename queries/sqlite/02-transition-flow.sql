-- 02 transition-flow: which ways do bookings take through the states?
-- Purpose: counts the transitions that the state machine told, V3's, shadow's and people's; legacy's are in the
--   history.
-- Expected output: one row for each pair of states and mode; `share_percent` of what leaves the state in that mode.
-- Threshold: as many reach `assigned` as `confirmed`; little goes back from `assignment_in_progress`.
-- What to do: much to `manual_review`: see 05. Much back to `assignment_pending`: see 12. Nothing at all: see 07 and
--   a5.
SELECT moved.from_state, moved.to_state, moved.mode, moved.transitions, moved.bookings,
  round(100.0 * moved.transitions / sum(moved.transitions) OVER (PARTITION BY moved.from_state, moved.mode), 1)
    AS share_percent
FROM (
  SELECT coalesce(context->>'from', '-') AS from_state, context->>'to' AS to_state, context->>'mode' AS mode,
    count(*) AS transitions, count(DISTINCT booking_id) AS bookings
  FROM observability_events
  WHERE created_at >= :since AND source = 'assignment.state_machine'
    AND event_type = 'booking.assignment_state_transition'
  GROUP BY 1, 2, 3
) AS moved
ORDER BY moved.mode, moved.transitions DESC, moved.from_state, moved.to_state;
