-- a2 breaker-open: is a circuit breaker open?
-- Purpose: alert on breakers that keep work waiting.
-- Expected output: one row for each breaker that was open in the window, or that a person forced; none if none was.
-- Threshold: fires when it is forced open, or a booking found it open within the last 5 minutes.
-- What to do: storage: the database. engine:RESTAURANT: that restaurant's planner, see 06. Forced: `headwaiter
--   breakers list` says by whom and why, `headwaiter breakers auto NAME` lets it go.
SELECT CASE WHEN max(told.forced) = 'open'
    OR max(told.seen_at) >= :now - 300000000 THEN 'FIRING' ELSE 'ok' END AS alert,
  told.breaker, max(told.forced) AS forced, count(told.seen_at) AS bookings_turned_away,
  min(told.seen_at) AS first_at,
  max(told.seen_at) AS last_at
FROM (
  SELECT coalesce(context->>'dependency', '-') AS breaker, created_at AS seen_at, NULL AS forced
  FROM observability_events
  WHERE severity = 'warning' AND created_at >= :since AND event_type = 'coordinator.circuit_open'
  UNION ALL
  SELECT name, NULL, position FROM breaker_overrides
) AS told
GROUP BY told.breaker
ORDER BY alert, told.breaker;
