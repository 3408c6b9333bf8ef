-- report-latency: how long did it take until bookings were confirmed?
-- Purpose: percentiles, and how many took how long, for each flow.
-- Expected output: one row for each flow; milliseconds, nearest rank; `to_30` counts those of more than 10 and at
--   most 30 ms.
-- Threshold: `p95_ms` under 3000.
-- What to do: see 10, 11 and 12.
SELECT waited.flow, max(waited.bookings) AS confirmed,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.bookings * 50), 1) AS p50_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.bookings * 95), 1) AS p95_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.bookings * 99), 1) AS p99_ms,
  round(max(waited.ms), 1) AS max_ms,
  count(*) FILTER (WHERE waited.ms <= 10) AS to_10,
  count(*) FILTER (WHERE waited.ms > 10 AND waited.ms <= 30) AS to_30,
  count(*) FILTER (WHERE waited.ms > 30 AND waited.ms <= 100) AS to_100,
  count(*) FILTER (WHERE waited.ms > 100 AND waited.ms <= 300) AS to_300,
  count(*) FILTER (WHERE waited.ms > 300 AND waited.ms <= 1000) AS to_1000,
  count(*) FILTER (WHERE waited.ms > 1000 AND waited.ms < 3000) AS to_3000,
  count(*) FILTER (WHERE waited.ms >= 3000) AS longer
FROM (
  SELECT flow, duration_ms AS ms, row_number() OVER (PARTITION BY flow ORDER BY duration_ms) AS place,
    count(*) OVER (PARTITION BY flow) AS bookings
  FROM v_outcomes
  WHERE created_at >= :since AND created_at < :now
    AND outcome = 'confirmed' AND interrupted IS NULL AND origin <> 'walk_in'
) AS waited
GROUP BY waited.flow
ORDER BY waited.flow DESC;
