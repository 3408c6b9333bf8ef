-- report-reasons: why were bookings not confirmed at once?
-- Purpose: reasons of reviews, failures, refusals, retries and errors of the bookings that were made in the
--   window.
-- Expected output: one row for each kind, reason and flow; `eligible` of them are in the rates.
-- Threshold: review under 10 % of the eligible, no error.
-- What to do: see 05, 06 and 12.
WITH told AS (
  SELECT booking_id, flow, reason, outcome, standing, was_in_review
  FROM v_outcomes
  WHERE created_at >= :since AND created_at < :now AND origin <> 'walk_in'
), events AS (
  SELECT e.booking_id, CASE WHEN e.severity = 'error' THEN 'error' ELSE 'retry' END AS what,
    coalesce(e.context->>'code', e.context->>'reason', e.event_type) AS reason,
    CASE WHEN e.source = 'auto_assign' THEN 'legacy' ELSE 'v3' END AS flow
  FROM observability_events AS e
  WHERE e.created_at >= :since AND e.created_at < :now AND e.booking_id IS NOT NULL
    AND (e.severity = 'error' OR e.event_type = 'coordinator.retry')
)
SELECT what, reason, flow, bookings, eligible
FROM (
  SELECT 'review' AS what, coalesce(CASE WHEN outcome = 'manual_review' THEN reason END, 'later') AS reason, flow,
    count(*) AS bookings, count(*) FILTER (WHERE standing = 'eligible') AS eligible
  FROM told WHERE was_in_review GROUP BY 2, 3
  UNION ALL
  SELECT CASE WHEN standing = 'refused' THEN 'refused' ELSE 'failed' END, coalesce(reason, '-'), flow, count(*),
    count(*) FILTER (WHERE standing = 'eligible')
  FROM told WHERE outcome = 'failed' AND standing <> 'by_person' GROUP BY 1, 2, 3
  UNION ALL
  SELECT what, reason, flow, count(DISTINCT booking_id), NULL FROM events GROUP BY 1, 2, 3
) AS found
ORDER BY what DESC, bookings DESC, reason, flow;
