-- report-notices: what were guests and staff told?
-- Purpose: notices about the bookings that were made in the window, by kind, and whether any was written or handed
--   over twice.
-- Expected output: one row for each kind and status.
-- Threshold: `twice` is 0; `deliveries` above `notices` are repeated hand-overs under one id.
-- What to do: see 14.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT told.kind, told.status, count(*) AS notices, sum(told.deliveries)::bigint AS deliveries,
  count(*) FILTER (WHERE told.alike > 1) AS twice
FROM (
  SELECT n.kind, n.status, n.deliveries, count(*) OVER (PARTITION BY n.booking_id, n.version, n.kind) AS alike
  FROM bookings AS b
  JOIN notices AS n ON n.restaurant_id = b.restaurant_id AND n.booking_id = b.id
  WHERE b.created_at >= now() - :'since'::interval AND b.created_at < now()
) AS told
GROUP BY told.kind, told.status
ORDER BY told.kind, told.status;
COMMIT;
