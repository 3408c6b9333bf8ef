-- a4 stuck: is a booking past the deadline of its state?
-- Purpose: alert on bookings that nobody works on; those that were rescued in the window count too.
-- Expected output: one row for each, those stuck now first; none if none was.
-- Threshold: fires on any row.
-- What to do: stuck now: no instance works, or they cannot reach the database, see `headwaiter instances list`.
--   Rescued: a worker died; `headwaiter events --booking ID` shows which instance had it. A bell that rings once
--   after a crash is meant.
WITH stuck AS (
  SELECT booking_id, restaurant_id, 'now' AS stuck, state_deadline AS since_at FROM v_deadlines
  WHERE state_deadline < :now AND (house_busy_until IS NULL OR house_busy_until <= :now OR in_line_since > :now)
), rescued AS (
  SELECT booking_id, restaurant_id, 'rescued' AS stuck, max(created_at) AS since_at FROM observability_events
  WHERE severity = 'warning' AND created_at >= :since
    AND event_type IN ('coordinator.retry', 'coordinator.manual_review')
    AND context->>'reason' = 'deadline'
  GROUP BY booking_id, restaurant_id
)
SELECT 'FIRING' AS alert, told.stuck, told.booking_id, told.restaurant_id, b.assignment_state AS state_now,
  told.since_at
FROM (
  SELECT * FROM stuck
  UNION ALL
  SELECT * FROM rescued WHERE booking_id NOT IN (SELECT booking_id FROM stuck)
) AS told LEFT JOIN bookings AS b ON b.id = told.booking_id
ORDER BY told.stuck, told.since_at, told.booking_id
LIMIT 1000;
