-- 12 retries: why do bookings come back, and for how long do they wait?
-- Purpose: the reasons for which V3 puts a booking back, and the waits that it sets.
-- Expected output: one row for each reason, the most frequent first; milliseconds, nearest rank.
-- Threshold: under 5 % of the bookings come back; no timeout, no system_error.
-- What to do: hold_conflict: guests hold the tables, or many bookings want the same. circuit_open: see a2. timeout
--   and system_error: see 06. deadline: the rescuer took a stuck booking, see a4.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT told.reason, count(*) AS retries, count(DISTINCT told.booking_id) AS bookings,
  round(avg(told.ms)::numeric, 0) AS mean_delay_ms,
  round(min(told.ms) FILTER (WHERE told.place * 100 >= told.waits * 95)::numeric, 0) AS p95_delay_ms,
  max(told.created_at) AS last_at
FROM (
  SELECT coalesce(context->>'reason', '-') AS reason, booking_id, created_at,
    CAST(context->>'delay_ms' AS double precision) AS ms,
    row_number() OVER (PARTITION BY context->>'reason' ORDER BY CAST(context->>'delay_ms' AS double precision))
      AS place,
    count(*) OVER (PARTITION BY context->>'reason') AS waits
  FROM observability_events
  WHERE created_at >= now() - :'since'::interval AND event_type = 'coordinator.retry'
) AS told
GROUP BY told.reason
ORDER BY retries DESC, told.reason;
COMMIT;
