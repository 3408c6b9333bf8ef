-- 04 hourly-confirmation-rate: what share of the bookings is confirmed, hour by hour?
-- Purpose: shows when it became worse, by the rates that gates are judged by, with the raw rate beside them.
-- Expected output: one row for each hour in which bookings were made, the newest first.
-- Threshold: `confirmation_percent` 95 or more in every hour with 20 or more eligible bookings.
-- What to do: find the hour in which it fell; look at 05 and 06 with `since` set to then, and at what was changed (a
--   flag, a floor, a release). Many `full_house` beside few confirmations: the houses are full, and no flow can help
--   that.
SELECT created_at - created_at % 3600000000 AS hour_at, count(*) AS bookings,
  count(*) FILTER (WHERE standing = 'eligible' AND has_ended) AS eligible_ended,
  count(*) FILTER (WHERE standing = 'eligible' AND outcome = 'confirmed') AS eligible_confirmed,
  round(100.0 * count(*) FILTER (WHERE standing = 'eligible' AND outcome = 'confirmed')
    / nullif(count(*) FILTER (WHERE standing = 'eligible' AND has_ended), 0), 1) AS confirmation_percent,
  round(100.0 * count(*) FILTER (WHERE outcome = 'confirmed') / count(*), 1) AS raw_percent,
  count(*) FILTER (WHERE standing = 'full_house') AS full_house
FROM v_outcomes
WHERE created_at >= :since AND origin <> 'walk_in'
GROUP BY 1
ORDER BY 1 DESC;
