-- 14 duplicate-notices: was anybody told the same thing twice?
-- Purpose: looks for two notices of one kind for one version of a booking, which the database refuses, and for
--   notices that were handed over more than once under one id.
-- Expected output: no rows.
-- Threshold: `notices` never above 1. `deliveries` above 1 is a repeated hand-over: receivers tell it by the
--   notice's id.
-- What to do: `notices` above 1: the unique key is gone, restore it before anything else. `deliveries` above 1: the
--   notifier is slow or answers after its time-out.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT notice.restaurant_id, notice.booking_id, notice.version, notice.kind, count(DISTINCT notice.id) AS notices,
  sum(notice.deliveries)::bigint AS deliveries, max(notice.delivered_at) AS last_delivered_at
FROM bookings AS b
JOIN notices AS notice ON notice.restaurant_id = b.restaurant_id AND notice.booking_id = b.id
WHERE b.created_at >= now() - :'since'::interval
GROUP BY notice.restaurant_id, notice.booking_id, notice.version, notice.kind
HAVING count(DISTINCT notice.id) > 1 OR sum(notice.deliveries) > 1
ORDER BY notices DESC, deliveries DESC, notice.booking_id;
COMMIT;
