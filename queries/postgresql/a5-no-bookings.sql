-- a5 no-bookings: do bookings still arrive?
-- Purpose: alert on silence, which no other alert would tell from a quiet day.
-- Expected output: one row; `alert` is ok or FIRING. `usual_hour` is the mean of this hour on the last 7 days.
-- Threshold: fires when the window has no booking, or when the last hour has none although 5 or more are usual.
-- What to do: ask `/readyz` of the instances and look at the proxy before them; a test booking by `curl` shows where
--   it ends.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT CASE WHEN told.in_window = 0 OR (told.last_hour = 0 AND told.before * 1.0 / 7 >= 5) THEN 'FIRING' ELSE 'ok' END
    AS alert,
  told.in_window AS bookings, told.last_hour, round(told.before * 1.0 / 7, 1) AS usual_hour, told.last_at
FROM (
  SELECT (SELECT count(*) FROM bookings WHERE created_at >= now() - :'since'::interval) AS in_window,
    (SELECT count(*) FROM bookings WHERE created_at >= now() - interval '60 minutes') AS last_hour,
    (SELECT count(*) FROM generate_series(1, 7) AS day
      JOIN bookings AS b ON b.created_at >= now() - interval '60 minutes' - day * interval '1 day'
        AND b.created_at < now() - day * interval '1 day') AS before,
    (SELECT max(created_at) FROM bookings) AS last_at
) AS told;
COMMIT;
