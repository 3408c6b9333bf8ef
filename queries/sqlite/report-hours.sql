-- report-hours: how did it go, hour by hour?
-- Purpose: what the chart of a verification report draws.
-- Expected output: one row for each hour and flow in which eligible bookings were made that have ended.
-- Threshold: none of its own; single hours have few bookings.
-- What to do: one bad hour: `headwaiter events --since TIME`, and 04.
SELECT created_at - created_at % 3600000000 AS hour_at, flow, count(*) AS eligible,
  count(*) FILTER (WHERE outcome = 'confirmed') AS confirmed, count(*) FILTER (WHERE was_in_review) AS reviewed,
  count(*) FILTER (WHERE had_error) AS errors
FROM v_eligible
WHERE created_at >= :since AND created_at < :now AND has_ended AND flow IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2 DESC;
