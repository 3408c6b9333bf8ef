-- a1 errors: does the system fail too often?
-- Purpose: alert on the error rate.
-- Expected output: one row; `alert` is ok or FIRING.
-- Threshold: fires with more than 10 errors that are 1 % or more of the bookings, or of the eligible ones.
-- What to do: see 06 for the codes. If V3 is new here, roll it back before you search.
SELECT CASE WHEN failing.errors > 10
      AND (failing.errors * 100 >= outcomes.bookings
        OR (outcomes.ended > 0 AND outcomes.with_error * 100 >= outcomes.ended))
    THEN 'FIRING' ELSE 'ok' END AS alert,
  failing.errors, outcomes.bookings, outcomes.ended AS eligible_ended, outcomes.with_error AS eligible_with_error,
  round(100.0 * outcomes.with_error / nullif(outcomes.ended, 0), 2) AS eligible_percent, failing.last_at
FROM (
  SELECT count(*) AS errors, max(created_at) AS last_at FROM observability_events
  WHERE severity = 'error' AND created_at >= :since AND (source LIKE 'assignment.%' OR source = 'auto_assign')
) AS failing
CROSS JOIN (
  SELECT count(*) AS bookings, count(*) FILTER (WHERE standing = 'eligible' AND has_ended) AS ended,
    count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND had_error) AS with_error
  FROM v_outcomes WHERE created_at >= :since AND origin <> 'walk_in'
) AS outcomes;
