-- 15 cohort-comparison: how do the restaurants on V3 fare against those on legacy?
-- Purpose: the rates of both flows side by side, and the spread over the restaurants of each.
-- Expected output: one row for each flow that ended bookings. `worst_percent` is the lowest confirmation rate of a
--   restaurant with 10 or more eligible bookings.
-- Threshold: V3 not below legacy by more than 5 points, nor above it in `full_house_percent` by more than 5.
-- What to do: worse overall: hold the rollout and look at 05 and 06. One bad restaurant: see 13; it can be forced to
--   legacy.
WITH houses AS (
  SELECT flow, restaurant_id, count(*) AS bookings,
    count(*) FILTER (WHERE standing = 'eligible') AS ended,
    count(*) FILTER (WHERE standing = 'eligible' AND outcome = 'confirmed') AS confirmed,
    count(*) FILTER (WHERE standing = 'eligible' AND was_in_review) AS reviewed,
    count(*) FILTER (WHERE standing = 'eligible' AND had_error) AS failing,
    count(*) FILTER (WHERE standing = 'full_house') AS full_house,
    sum(CASE WHEN standing = 'eligible' AND outcome = 'confirmed' THEN duration_ms END) AS ms
  FROM v_outcomes
  WHERE created_at >= :since AND origin <> 'walk_in' AND has_ended
  GROUP BY flow, restaurant_id
)
SELECT flow, count(*) AS restaurants, sum(bookings) AS bookings, sum(ended) AS eligible_ended,
  round(100.0 * sum(confirmed) / nullif(sum(ended), 0), 1) AS confirmation_percent,
  round(100.0 * sum(reviewed) / nullif(sum(ended), 0), 1) AS review_percent,
  round(100.0 * sum(failing) / nullif(sum(ended), 0), 2) AS error_percent,
  round(100.0 * sum(full_house) / nullif(sum(ended) + sum(full_house), 0), 1) AS full_house_percent,
  round(sum(ms) / nullif(sum(confirmed), 0), 0) AS mean_ms,
  round(min(CASE WHEN ended >= 10 THEN 100.0 * confirmed / ended END), 1) AS worst_percent
FROM houses
GROUP BY flow
ORDER BY flow DESC;
