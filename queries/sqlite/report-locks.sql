-- report-locks: how long did tries wait for a booking's lease?
-- Purpose: the lock budget of a verification report; what was decided in the transaction that stored it took no
--   lease, and waited 0 ms.
-- Expected output: one row; milliseconds, nearest rank.
-- Threshold: `p95_ms` under 100.
-- What to do: see 11.
SELECT coalesce(max(waited.leases), 0) AS leases,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.leases * 50), 2) AS p50_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.leases * 95), 2) AS p95_ms,
  round(min(waited.ms) FILTER (WHERE waited.place * 100 >= waited.leases * 99), 2) AS p99_ms,
  round(max(waited.ms), 2) AS max_ms
FROM (
  SELECT told.ms, row_number() OVER (ORDER BY told.ms) AS place, count(*) OVER () AS leases
  FROM (
    SELECT CAST(context->>'wait_ms' AS REAL) AS ms
    FROM observability_events
    WHERE created_at >= :since AND created_at < :now AND event_type = 'coordinator.lock_acquired'
  ) AS told
  WHERE told.ms IS NOT NULL
) AS waited;
