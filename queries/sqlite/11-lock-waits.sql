-- 11 lock-waits: how long do workers wait for a booking's lease?
-- Purpose: shows whether workers get in each other's way.
-- Expected output: one row; milliseconds, nearest rank; `contended` counts leases that somebody else held.
-- Threshold: `p95_ms` under 100; contention under 1 %.
-- What to do: contention: two instances work on the same bookings, see `headwaiter instances list` and clocks. Long
--   waits without contention: the database is slow.
SELECT coalesce(max(waited.leases), 0) AS leases,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.leases * 50), 2) AS p50_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.leases * 95), 2) AS p95_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.leases * 99), 2) AS p99_ms,
  round(max(waited.ms), 2) AS max_ms, coalesce(max(waited.contended), 0) AS contended,
  round(100.0 * max(waited.contended) / max(waited.tries), 2) AS contended_percent
FROM (
  SELECT told.ms, row_number() OVER (ORDER BY CASE WHEN told.ms IS NULL THEN 1 ELSE 0 END, told.ms) AS place,
    count(told.ms) OVER () AS leases, count(*) OVER () AS tries,
    count(*) OVER () - count(told.ms) OVER () AS contended
  FROM (
    SELECT CASE WHEN event_type = 'coordinator.lock_acquired' THEN CAST(context->>'wait_ms' AS REAL) END AS ms
    FROM observability_events
    WHERE created_at >= :since AND event_type IN ('coordinator.lock_acquired', 'coordinator.lock_contention')
  ) AS told
) AS waited;
