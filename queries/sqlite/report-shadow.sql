-- report-shadow: what did V3 in shadow make of legacy's bookings?
-- Purpose: verdicts, and how much of them legacy's own second answer shows (noise).
-- Expected output: one row for each verdict, the most frequent first; `eligible` are those in the rates; means of
--   spare seats and times.
-- Threshold: no shadow_error; legacy_only not above v3_only by more than 5 % of the bookings.
-- What to do: see 03; one booking: `headwaiter events --booking ID`.
SELECT told.verdict, count(*) AS bookings, count(*) FILTER (WHERE b.standing = 'eligible') AS eligible,
  count(*) FILTER (WHERE told.legacy_late) AS legacy_late,
  round(avg(told.legacy_spare_seats), 2) AS legacy_spare,
  round(avg(told.v3_spare_seats), 2) AS v3_spare,
  round(avg(told.legacy_ms), 2) AS legacy_ms, round(avg(told.v3_ms), 2) AS v3_ms,
  count(told.noise_verdict) AS noise_sample,
  count(*) FILTER (WHERE told.noise_verdict NOT IN ('same_tables', 'both_failed')) AS noise
FROM shadow_comparisons AS told
LEFT JOIN v_outcomes AS b ON b.restaurant_id = told.restaurant_id AND b.booking_id = told.booking_id
WHERE told.created_at >= :since AND told.created_at < :now
GROUP BY told.verdict
ORDER BY bookings DESC, told.verdict;
