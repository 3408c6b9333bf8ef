-- health: is it well?
-- Purpose: the one-query health check; `headwaiter health` and `/v1/health` show just this.
-- Expected output: one row; `verdict` is HEALTHY, WARNING or CRITICAL, `reasons` says what keeps it from being
--   healthy. Rates are of the eligible bookings that have ended, the raw one of all bookings; walk-ins are in
--   neither.
-- Threshold: HEALTHY: 95 % or more confirmed, under 10 % ever in review, none stuck, no error. CRITICAL: under 90 %
--   confirmed, or more than 10 errors that are 1 % or more. Anything else is WARNING, an empty database too.
-- What to do: confirmation: 04 and 05. Review: a3. Stuck: a4. Errors: 06. Nothing arrives: a5.
WITH outcomes AS (
  SELECT count(*) AS bookings, count(*) FILTER (WHERE has_ended) AS ended,
    count(*) FILTER (WHERE outcome = 'confirmed') AS confirmed, count(*) FILTER (WHERE was_in_review) AS reviewed,
    count(*) FILTER (WHERE outcome = 'failed' AND standing <> 'refused') AS failed,
    count(*) FILTER (WHERE standing = 'refused') AS refused,
    count(*) FILTER (WHERE standing = 'full_house') AS full_house,
    count(*) FILTER (WHERE standing = 'unknown') AS unknown,
    count(*) FILTER (WHERE standing = 'eligible' AND has_ended) AS eligible,
    count(*) FILTER (WHERE standing = 'eligible' AND outcome = 'confirmed') AS eligible_confirmed,
    count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND was_in_review) AS eligible_reviewed,
    count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND had_error) AS eligible_with_error
  FROM v_outcomes WHERE created_at >= :since AND origin <> 'walk_in'
), failing AS (
  SELECT count(*) AS errors FROM observability_events
  WHERE severity = 'error' AND created_at >= :since AND (source LIKE 'assignment.%' OR source = 'auto_assign')
), stuck AS (
  SELECT count(DISTINCT told.booking_id) AS stuck FROM (
    SELECT booking_id FROM v_deadlines
    WHERE state_deadline < :now AND (house_busy_until IS NULL OR house_busy_until <= :now OR in_line_since > :now)
    UNION ALL
    SELECT booking_id FROM observability_events
    WHERE severity = 'warning' AND created_at >= :since
      AND event_type IN ('coordinator.retry', 'coordinator.manual_review')
      AND context->>'reason' = 'deadline'
  ) AS told
), reasons AS (
  SELECT CASE
      WHEN bookings = 0 THEN 'no bookings in ' || ((:now - :since) / 3600000000) || ' h'
      WHEN eligible = 0 AND ended > 0 THEN 'no eligible booking'
      WHEN eligible = 0 THEN 'no booking has ended yet' END AS arriving,
    CASE WHEN eligible_confirmed * 100 < eligible * 95
      THEN 'confirmation ' || round(100.0 * eligible_confirmed / eligible, 1) || ' %, below 95 %' END AS confirming,
    CASE WHEN eligible > 0 AND eligible_reviewed * 100 >= eligible * 10
      THEN 'review ' || round(100.0 * eligible_reviewed / eligible, 1) || ' %, not below 10 %' END AS reviewing,
    CASE WHEN stuck > 0 THEN stuck || ' stuck' END AS waiting,
    CASE WHEN errors = 1 THEN '1 error' WHEN errors > 1 THEN errors || ' errors' END AS breaking
  FROM outcomes CROSS JOIN failing CROSS JOIN stuck
)
SELECT CASE
    WHEN eligible_confirmed * 100 < eligible * 90 THEN 'CRITICAL'
    WHEN errors > 10 AND (errors * 100 >= bookings OR (eligible > 0 AND eligible_with_error * 100 >= eligible))
      THEN 'CRITICAL'
    WHEN coalesce(arriving, confirming, reviewing, waiting, breaking) IS NULL THEN 'HEALTHY'
    ELSE 'WARNING'
  END AS verdict,
  rtrim(coalesce(arriving || '; ', '') || coalesce(confirming || '; ', '') || coalesce(reviewing || '; ', '')
    || coalesce(waiting || '; ', '') || coalesce(breaking || '; ', ''), '; ') AS reasons,
  bookings, ended, confirmed, reviewed, failed, refused, full_house, unknown, eligible, eligible_confirmed,
  eligible_reviewed, eligible_with_error, errors, stuck,
  round(100.0 * eligible_confirmed / nullif(eligible, 0), 1) AS confirmation_percent,
  round(100.0 * eligible_reviewed / nullif(eligible, 0), 1) AS review_percent,
  round(100.0 * eligible_with_error / nullif(eligible, 0), 2) AS error_percent,
  round(100.0 * confirmed / nullif(bookings, 0), 1) AS raw_confirmation_percent
FROM outcomes CROSS JOIN failing CROSS JOIN stuck CROSS JOIN reasons;
