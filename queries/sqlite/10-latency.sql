-- 10 latency: how long does a booking take until it is confirmed?
-- Purpose: the time from making a booking to its confirmation by the flow, as guests wait for it.
-- Expected output: one row for each flow; milliseconds, nearest rank.
-- Threshold: `p95_ms` under 3000.
-- What to do: compare with 11 (leases) and 12 (retries); the rest is planning (`engine.planned` tells `duration_ms`)
--   and storage. Many bookings at once wait for permits: that is meant.
SELECT waited.flow, max(waited.bookings) AS confirmed,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.bookings * 50), 1) AS p50_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.bookings * 95), 1) AS p95_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.bookings * 99), 1) AS p99_ms,
  round(max(waited.ms), 1) AS max_ms
FROM (
  SELECT flow, duration_ms AS ms, row_number() OVER (PARTITION BY flow ORDER BY duration_ms) AS place,
    count(*) OVER (PARTITION BY flow) AS bookings
  FROM v_outcomes
  WHERE created_at >= :since AND outcome = 'confirmed' AND interrupted IS NULL
) AS waited
GROUP BY waited.flow
ORDER BY waited.flow DESC;
