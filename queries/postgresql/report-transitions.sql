-- report-transitions: which ways did the run's bookings take?
-- Purpose: the changes of state of all bookings that were made in the window, from the history, which nobody can
--   edit.
-- Expected output: one row for each pair of states and mode, the most frequent first.
-- Threshold: as many V3 to `assigned` as from there to `confirmed`.
-- What to do: see 02.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT coalesce(h.from_state, '-') AS from_state, h.to_state, h.mode, count(*) AS changes
FROM bookings AS b
JOIN booking_assignment_state_history AS h ON h.restaurant_id = b.restaurant_id AND h.booking_id = b.id
WHERE b.created_at >= now() - :'since'::interval AND b.created_at < now()
GROUP BY 1, 2, 3
ORDER BY changes DESC, from_state, h.to_state, h.mode;
COMMIT;
