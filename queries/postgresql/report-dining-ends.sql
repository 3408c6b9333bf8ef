-- report-dining-ends: when do the run's bookings end?
-- Purpose: what time zones are needed to tell: services that go on after midnight, and days on which clocks
--   change.
-- Expected output: one row for each time zone, date of service and end.
-- Threshold: none.
-- What to do: `headwaiter verify` counts them in the restaurants' own time.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT house.timezone, b.service_date::text AS service_date, b.dining_end AS end_at, count(*) AS bookings
FROM bookings AS b
JOIN restaurants AS house ON house.id = b.restaurant_id
WHERE b.created_at >= now() - :'since'::interval AND b.created_at < now()
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
LIMIT 50000;
COMMIT;
