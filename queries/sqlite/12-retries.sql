-- 12 retries: why do bookings come back, and for how long do they wait?
-- Purpose: the reasons for which V3 puts a booking back, and the waits that it sets.
-- Expected output: one row for each reason, the most frequent first; milliseconds, nearest rank.
-- Threshold: under 5 % of the bookings come back; no timeout, no system_error.
-- What to do: hold_conflict: guests hold the tables, or many bookings want the same. circuit_open: see a2. timeout
--   and system_error: see 06. deadline: the rescuer took a stuck booking, see a4.
SELECT told.reason, count(*) AS retries, count(DISTINCT told.booking_id) AS bookings,
  round(avg(told.ms), 0) AS mean_delay_ms,
  round(min(told.ms) FILTER (WHERE told.place * 100 >= told.waits * 95), 0) AS p95_delay_ms,
  max(told.created_at) AS last_at
FROM (
  SELECT coalesce(context->>'reason', '-') AS reason, booking_id, created_at,
    CAST(context->>'delay_ms' AS REAL) AS ms,
    row_number() OVER (PARTITION BY context->>'reason' ORDER BY CAST(context->>'delay_ms' AS REAL)) AS place,
    count(*) OVER (PARTITION BY context->>'reason') AS waits
  FROM observability_events
  WHERE created_at >= :since AND event_type = 'coordinator.retry'
) AS told
GROUP BY told.reason
ORDER BY retries DESC, told.reason;
