-- 05 manual-review: how many bookings need a person, and why?
-- Purpose: the review rate of the eligible bookings, and the reasons of all that the pipeline gave to people.
-- Expected output: a row `all`, then one row for each reason, the most frequent first.
-- Threshold: `eligible_percent` of `all` under 10.
-- What to do: no_table on eligible bookings: tables were free when it was asked, look at `headwaiter events
--   --booking ID`. max_attempts: see 06 and 12. deadline: see a4. suggest_only: the restaurant has automation
--   `suggest`, nothing is wrong.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
WITH reviewed AS (
  SELECT CASE WHEN outcome = 'manual_review' THEN coalesce(reason, '-') ELSE 'later: ' || coalesce(outcome, '-') END
      AS reason, standing = 'eligible' AND has_ended AS is_eligible, assignment_state = 'manual_review' AS waits
  FROM v_outcomes WHERE created_at >= now() - :'since'::interval AND was_in_review
), eligible AS (
  SELECT count(*) AS ended FROM v_eligible WHERE created_at >= now() - :'since'::interval AND has_ended
)
SELECT told.reason, told.reviewed, told.eligible_reviewed,
  round(100.0 * told.eligible_reviewed / nullif(eligible.ended, 0), 1) AS eligible_percent, told.waiting_now
FROM (
  SELECT 0 AS place, 'all' AS reason, count(*) AS reviewed, count(*) FILTER (WHERE is_eligible) AS eligible_reviewed,
    count(*) FILTER (WHERE waits) AS waiting_now
  FROM reviewed
  UNION ALL
  SELECT 1, reason, count(*), count(*) FILTER (WHERE is_eligible), count(*) FILTER (WHERE waits)
  FROM reviewed GROUP BY reason
) AS told CROSS JOIN eligible
ORDER BY told.place, told.reviewed DESC, told.reason;
COMMIT;
