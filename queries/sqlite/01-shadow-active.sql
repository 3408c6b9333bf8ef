-- 01 shadow-active: is V3 running in shadow?
-- Purpose: tells whether comparisons of V3 with legacy arrive, and for how many of legacy's bookings.
-- Expected output: one row; `shadow` is active or not active.
-- Threshold: in a shadow phase active, 90 % or more of legacy's bookings compared, and no shadow_error.
-- What to do: not active: look at FEATURE_ASSIGNMENT_PIPELINE_V3_SHADOW on every instance (`headwaiter instances
--   list`). Few compared: shadow is behind and leaves bookings out, see headwaiter_shadow_dropped_total, or cannot write,
--   see the logs of `assignment.shadow`. What the checks of capacity refuse, and a `mandatory` house, is not compared.
SELECT CASE WHEN compared.bookings > 0 THEN 'active' ELSE 'not active' END AS shadow,
  compared.bookings AS compared, legacy.bookings AS legacy_decided,
  round(100.0 * compared.bookings / nullif(legacy.bookings, 0), 1) AS compared_percent,
  compared.errors AS shadow_errors, compared.last_at, flags.instances AS instances_with_shadow
FROM (
  SELECT count(*) AS bookings, count(*) FILTER (WHERE verdict = 'shadow_error') AS errors, max(created_at) AS last_at
  FROM shadow_comparisons WHERE created_at >= :since
) AS compared
CROSS JOIN (
  SELECT count(*) AS bookings FROM v_outcomes
  WHERE created_at >= :since AND flow = 'legacy' AND has_ended
    AND was_verified AND automation <> 'mandatory'
) AS legacy
CROSS JOIN (
  SELECT count(*) AS instances FROM instances
  WHERE heartbeat_at >= :now - 60000000 AND flags->>'shadow' = 1
) AS flags;
